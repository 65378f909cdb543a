import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../access/principal.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { isConstraintViolation } from '../database/errors.ts';
import { withRetry } from '../database/retry.ts';
import { assertVersion, type ExpectedVersions } from '../http/conditional-requests.ts';
import { notFound } from '../http/not-found.ts';
import { fieldProblem, Problem } from '../http/problems.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { isSlugTaken, withFreeSlug } from '../slugs/free-slug.writer.ts';
import { slugify } from '../slugs/slug.ts';
import {
  deleteCategory,
  findCategory,
  findCategoryId,
  findCategoryVersion,
  findSiblingNamed,
  insertCategory,
  listConflictingChildren,
  lockArticlesOfCategory,
  lockCategory,
  lockCategoryMoves,
  lockNewArticlesOfCategory,
  updateCategory,
} from './categories.queries.ts';
import type { CategoryCreate, CategoryUpdate } from './categories.schema.ts';

const PARENT_FOREIGN_KEY = 'categories_parent_id_fkey';
/** The values that a replacement sets for fields that it omits. */
const RESET = { description: null, parentId: null, position: 0, ordering: 'newest' } as const;
const OWN_PARENT = 'categories_parent_id_check';
const SIBLING_NAME = 'categories_sibling_name_key';

/**
 * Categories and the tree that they form. Writes check nothing beforehand: constraints and triggers reject a taken name, an
 * unknown parent or a cycle (docs/decisions/0002), and the service turns that into a response.
 */
@Injectable()
export class CategoriesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** A slug made from the name gets a suffix if it is taken; a taken slug that the client chose fails with 409. */
  async create(body: CategoryCreate, principal: Principal) {
    const actor = actorOf(principal);
    const category = { ...body, slug: body.slug ?? slugify(body.name, 'category') };
    const insert = async (tx: Database, slug: string) => {
      const [created] = await insertCategory(tx, actor, { ...category, slug });
      if (!created) throw new Error('the insert returned no category');
      return readCategory(tx, created.id);
    };
    return this.db
      .transaction((tx) => insert(tx, category.slug))
      .catch((error: unknown) => {
        if (body.slug !== undefined || !isSlugTaken(error, 'categories')) throw error;
        return withFreeSlug(this.db, 'categories', category.slug, insert);
      })
      .catch((error: unknown) => {
        // The request names the id that the category itself was about to get as its parent.
        if (isConstraintViolation(error, OWN_PARENT)) throw unknownParent(body);
        return this.explain(error, body);
      });
  }

  /** Updates the fields that the body contains. A request with `parentId` moves the category with its subtree. */
  async update(key: IdOrSlug, body: CategoryUpdate, principal: Principal, expectedVersions: ExpectedVersions) {
    const id = await this.resolveId(key);
    const isMove = body.parentId !== undefined;
    const attempt = async (tx: Database) => {
      if (isMove) await lockCategoryMoves(tx);
      const [updated] = await updateCategory(tx, actorOf(principal), id, body, expectedVersions);
      return updated && readCategory(tx, id);
    };
    const updated = await withRetry(() => (isMove ? this.longRunning : this.db).transaction(attempt)).catch(
      (error: unknown) => this.explain(error, body, id),
    );
    return updated ?? this.throwNotWritten(id, expectedVersions);
  }

  /** Replaces the whole category, except that the slug stays if the body has none: it is the address of the category. */
  replace(key: IdOrSlug, body: CategoryCreate, principal: Principal, expectedVersions: ExpectedVersions) {
    return this.update(key, { ...RESET, ...body }, principal, expectedVersions);
  }

  /** Deletes a category and its links. Its children move up to its parent. */
  async remove(key: IdOrSlug, principal: Principal, expectedVersions: ExpectedVersions) {
    const id = await this.resolveId(key);
    const attempt = () =>
      this.longRunning.transaction(async (tx) => {
        await lockForDeletion(tx, id);
        return deleteCategory(tx, actorOf(principal), id, expectedVersions);
      });
    try {
      // If another transaction inserts a child in the meantime, the foreign key rejects the delete: the retry moves it up.
      const [deleted] = await withRetry(
        attempt,
        (error) => error instanceof LinkedMeanwhile || isConstraintViolation(error, PARENT_FOREIGN_KEY),
      );
      if (!deleted) await this.throwNotWritten(id, expectedVersions);
    } catch (error) {
      if (!isConstraintViolation(error, SIBLING_NAME)) throw error;
      const { rows } = await listConflictingChildren(this.db, id);
      const names = rows.map(nameAndId).join(', ');
      throw new Problem('name_taken', `Children cannot move up because a category there has their name: ${names}.`);
    }
  }

  /** Moves and deletions can take longer than `STATEMENT_TIMEOUT_MS`: 100,000 articles take half a minute. */
  private get longRunning(): Database {
    return this.db.longRunning ?? this.db;
  }

  private async resolveId(key: IdOrSlug): Promise<number> {
    if ('id' in key) return key.id;
    const [category] = await findCategoryId(this.db, key);
    if (!category) throw notFound('category', key);
    return category.id;
  }

  /**
   * Explains a rejected write: an unknown parent, or the sibling whose name it has or looks the same. Names can look the same
   * and differ, so a client could not find that sibling itself.
   *
   * @param id undefined for a category that was not created
   * @throws always; the error as it is if the sibling is gone meanwhile
   */
  private async explain(error: unknown, body: CategoryUpdate, id?: number): Promise<never> {
    if (isConstraintViolation(error, PARENT_FOREIGN_KEY)) throw unknownParent(body);
    if (!isConstraintViolation(error, SIBLING_NAME)) throw error;
    const { name, parentId } = { name: '', parentId: null, ...(id && (await findCategory(this.db, id))), ...body };
    const { rows } = await findSiblingNamed(this.db, parentId, name);
    if (!rows[0]) throw error;
    const detail = `The sibling category ${nameAndId(rows[0])} has this name, or one that looks the same.`;
    throw fieldProblem('name_taken', body.name === undefined ? '/parentId' : '/name', detail);
  }

  /** Explains a write that matched no row: the category does not exist, or its version is not an expected one. */
  private async throwNotWritten(id: number, expectedVersions: ExpectedVersions): Promise<never> {
    const [current] = await findCategoryVersion(this.db, id);
    if (!current) throw notFound('category', { id });
    assertVersion(expectedVersions, current.version);
    throw new Problem('write_conflict');
  }
}

const nameAndId = ({ name, id }: { name: string; id: string }) => `${JSON.stringify(name)} (id ${id})`;

/** Reads what the transaction wrote, before it ends: after it, the category can be as another writer left it. */
async function readCategory(tx: Database, id: number) {
  const category = await findCategory(tx, id);
  if (!category) throw notFound('category', { id });
  return category;
}

/**
 * Thrown if an article was linked to the category while its deletion waited for the lock, and another writer has locked
 * that article.
 */
class LinkedMeanwhile extends Problem {
  constructor() {
    super('write_conflict');
  }
}

/**
 * Locks the rows that the deletion of a category writes. Every writer of links locks in this order: articles, category,
 * tree; a different order can deadlock. Articles that were linked in the meantime are locked after the category, so without
 * waiting.
 *
 * @throws LinkedMeanwhile if one of those is locked: everything has to be locked again
 */
async function lockForDeletion(tx: Database, id: number): Promise<void> {
  await lockCategoryMoves(tx);
  await lockArticlesOfCategory(tx, id);
  await lockCategory(tx, id);
  const { rows } = await lockNewArticlesOfCategory(tx, id);
  if (rows[0]?.lockedByOthers !== 0) throw new LinkedMeanwhile();
}

const unknownParent = ({ parentId }: CategoryUpdate) =>
  fieldProblem('unknown_category', '/parentId', `No category has the id ${parentId}.`);
