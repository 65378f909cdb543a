import { Inject, Injectable } from '@nestjs/common';
import { ANONYMOUS, actorOf, type Principal } from '../access/principal.ts';
import { type ArticleListQuery, ArticleListQuery as DefaultList } from '../articles/articles.schema.ts';
import { listArticlesPage } from '../articles/list/list-articles.reader.ts';
import { planList } from '../articles/list/list-plan.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { isConstraintViolation } from '../database/errors.ts';
import { withRetry } from '../database/retry.ts';
import { assertVersion, type ExpectedVersions } from '../http/conditional-requests.ts';
import { fieldProblem, Problem } from '../http/problems.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { isSlugTaken, withFreeSlug } from '../slugs/free-slug.writer.ts';
import { slugify } from '../slugs/slug.ts';
import {
  countCategories,
  deleteCategory,
  findCategory,
  findCategoryId,
  findCategoryVersion,
  findCategoryWithArticles,
  insertCategory,
  listCategories,
  listChildrenInTheWay,
  listWholeTree,
  lockArticlesOfCategory,
  lockCategory,
  lockCategoryMoves,
  lockCategoryTree,
  updateCategory,
} from './categories.queries.ts';
import type { CategoryCreate, CategoryListQuery, CategoryUpdate } from './categories.schema.ts';
import { nest, planCategoryList } from './category-tree.ts';

const PARENT_KEY = 'categories_parent_id_fkey';

/** Decides about categories and the tree that they form. */
@Injectable()
export class CategoriesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** With the first page of its articles, exactly as `GET /categories/:id/articles` gives it. */
  async findOne(key: IdOrSlug) {
    const page = DefaultList.parse({});
    const category = await findCategoryWithArticles(this.db, key, page.limit + 1);
    if (!category) throw notFound(key);
    return {
      ...category,
      articles: planList(page, ANONYMOUS, { id: category.id }).answer(category.articles, undefined),
    };
  }

  async findAll(query: CategoryListQuery) {
    const list = planCategoryList(query);
    const [rows, counted] = await Promise.all([
      listCategories(this.db, list.values),
      query.total ? countCategories(this.db) : undefined,
    ]);
    return list.answer(rows, counted?.[0]?.total);
  }

  async tree() {
    return { data: nest(await listWholeTree(this.db)) };
  }

  async articlesOf(key: IdOrSlug, query: ArticleListQuery, principal: Principal) {
    const id = await this.resolve(key); // by one name only, so that cursors fit wherever they came from
    const list = await listArticlesPage(this.db, query, principal, { id });
    // To the statement, an empty category and none at all look the same.
    if (list.data.length === 0 && (await findCategoryId(this.db, { id })).length === 0) throw notFound(key);
    return list;
  }

  async create(body: CategoryCreate, principal: Principal) {
    const actor = actorOf(principal);
    const row = { ...body, slug: body.slug ?? slugify(body.name, 'category') };
    const [created] = await insertCategory(this.db, actor, row)
      .catch((error: unknown) => {
        if (body.slug !== undefined || !isSlugTaken(error, 'categories')) throw error;
        return withFreeSlug(this.db, 'categories', row.slug, (tx, free) =>
          insertCategory(tx, actor, { ...row, slug: free }),
        );
      })
      .catch((error: unknown) => refuseParent(error, body));
    if (!created) throw new Error('the insert returned no category');
    return this.row(created.id);
  }

  async update(key: IdOrSlug, body: CategoryUpdate, expected: ExpectedVersions, principal: Principal) {
    const id = await this.resolve(key);
    const write = (db: Database) => updateCategory(db, actorOf(principal), id, body, expected);
    const move = async (tx: Database) => {
      await lockCategoryMoves(tx);
      return write(tx);
    };
    const attempt = () => (body.parentId === undefined ? write(this.db) : this.db.transaction(move));
    const [changed] = await withRetry(attempt).catch((error: unknown) => refuseParent(error, body));
    if (!changed) await this.refuse(id, expected);
    return this.row(id);
  }

  /** The whole category anew; its slug is its address, and stays unless the request names another. */
  replace(key: IdOrSlug, body: CategoryCreate, expected: ExpectedVersions, principal: Principal) {
    return this.update(key, { description: null, parentId: null, position: 0, ...body }, expected, principal);
  }

  /** Its links go with it, its children move up. */
  async remove(key: IdOrSlug, expected: ExpectedVersions, principal: Principal) {
    const id = await this.resolve(key);
    const attempt = () =>
      this.db.transaction(async (tx) => {
        await lockCategoryMoves(tx);
        // In the order of all who write links: articles, category, tree. Another order is a deadlock.
        await lockArticlesOfCategory(tx, id);
        await lockCategory(tx, id);
        await lockCategoryTree(tx);
        return deleteCategory(tx, actorOf(principal), id, expected);
      });
    try {
      // A child that appears meanwhile makes the foreign key refuse: then it moves up with the others.
      const [gone] = await withRetry(attempt, (error) => isConstraintViolation(error, PARENT_KEY));
      if (!gone) await this.refuse(id, expected);
    } catch (error) {
      if (!isConstraintViolation(error, 'categories_sibling_name_key')) throw error;
      const { rows } = await listChildrenInTheWay(this.db, id);
      const names = rows.map(({ name, id: child }) => `${JSON.stringify(name)} (id ${child})`).join(', ');
      throw new Problem('name_taken', `The child ${names} cannot move up: a category there has its name.`);
    }
  }

  private async row(id: number) {
    const category = await findCategory(this.db, id);
    if (!category) throw notFound({ id });
    return category;
  }

  private async resolve(key: IdOrSlug): Promise<number> {
    if ('id' in key) return key.id;
    const [category] = await findCategoryId(this.db, key);
    if (!category) throw notFound(key);
    return category.id;
  }

  /** Nothing was written: is it not there, or not in the expected version? */
  private async refuse(id: number, expected: ExpectedVersions): Promise<never> {
    const [current] = await findCategoryVersion(this.db, id);
    if (!current) throw notFound({ id });
    assertVersion(expected, current.version);
    throw new Problem('write_conflict');
  }
}

/** Names the parent that a foreign key refused. */
function refuseParent(error: unknown, { parentId }: CategoryUpdate): never {
  if (!isConstraintViolation(error, PARENT_KEY)) throw error;
  throw fieldProblem('unknown_category', '/parentId', `No category has the id ${parentId}.`);
}

function notFound(key: IdOrSlug) {
  return new Problem(
    'not_found',
    'id' in key ? `No category has the id ${key.id}.` : `No category has the slug ${JSON.stringify(key.slug)}.`,
  );
}
