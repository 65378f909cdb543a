import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.ts';
import { CONFIG, type Config } from '../config.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { isConstraintViolation } from '../database/errors.ts';
import { withRetry } from '../database/retry.ts';
import { assertVersion, type ExpectedVersions } from '../http/conditional-requests.ts';
import { notFound } from '../http/not-found.ts';
import { fieldProblem, Problem } from '../http/problems.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { isSlugTaken, withFreeSlug } from '../slugs/free-slug.writer.ts';
import { findByOldSlug } from '../slugs/old-slug.reader.ts';
import { slugify } from '../slugs/slug.ts';
import { INITIAL_VALUES } from './article-fields.ts';
import { articleNotWritable } from './article-problems.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS, splitRequest } from './article-relations.ts';
import { findArticle, findCategoriesOfArticle } from './articles.queries.ts';
import type { ArticleCreate, ArticleUpdate } from './articles.schema.ts';
import { recordOf } from './record-of.ts';
import { withoutUnchangedAuthors } from './visibility/unchanged-authors.reader.ts';
import {
  assertCanWrite,
  assertCategoriesAllowed,
  readScopeOf,
  withoutUnseenDraft,
  writeScopeOf,
} from './visibility/visibility.ts';
import { deleteArticleCategory, insertArticleCategory } from './writes/category-link.queries.ts';
import { insertArticle, type NewArticle } from './writes/create-article.queries.ts';
import { articleWrite, writeLiveArticle } from './writes/locked-write.writer.ts';
import {
  deleteArticle,
  findArticleState,
  updateArticleRestored,
  updateArticleTrashed,
} from './writes/trash-article.queries.ts';
import { reportUnknownIds } from './writes/unknown-ids.reader.ts';
import { updateArticle } from './writes/update-article.queries.ts';
import { findWrittenArticle } from './writes/written-article.reader.ts';

const NO_LINKS = recordOf(RELATION_FIELDS, () => []);

/**
 * Articles and their links. Every write is one statement that also checks the access of the caller and the expected
 * version, so no other writer can get in between (docs/decisions/0003 and 0010).
 */
@Injectable()
export class ArticlesService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'limits'>,
  ) {}

  /**
   * @throws Problem `not_found` for an article that does not exist or that the caller may not read
   * @throws PermanentRedirect for an old slug of one that the caller may read
   */
  async findOne(key: IdOrSlug, principal: Principal, trashed = false) {
    const scope = principal.role === null ? null : readScopeOf(principal);
    const find = (each: IdOrSlug) => findArticle(this.db, each, scope, trashed);
    const article = (await find(key)) ?? (await findByOldSlug(this.db, 'articles', key, (id) => find({ id })));
    if (!article) throw notFound('article', key);
    return withoutUnseenDraft(article);
  }

  async findCategories(id: number, principal: Principal) {
    const article = await findCategoriesOfArticle(this.db, id, readScopeOf(principal));
    if (!article) throw notFound('article', { id });
    return { data: article.categories };
  }

  /**
   * Inserts an article and its links in one statement. If a slug made from the title is taken, it gets a suffix; if a slug
   * that the client chose is taken, the request fails with 409. Without `authorIds`, the author is the caller's byline.
   */
  async create(body: ArticleCreate, principal: Principal) {
    const { columns, links } = splitRequest(body);
    const byline = principal.authorId === null ? [] : [String(principal.authorId)];
    const article: NewArticle = {
      ...INITIAL_VALUES,
      ...columns,
      slug: body.slug ?? slugify(body.title, 'article'),
      publishedAt: body.publishedAt,
      ...NO_LINKS,
      authorIds: byline,
      ...links,
    };
    assertCanWrite(principal, {
      ...article,
      publishedAt: body.publishedAt === undefined ? new Date() : body.publishedAt,
    });
    const scope = writeScopeOf(principal);
    const [created] = await reportUnknownIds(this.db, body, () =>
      withRetry(() => insertArticle(this.db, article, scope)).catch((error: unknown) => {
        if (body.slug !== undefined || !isSlugTaken(error, 'articles')) throw error;
        return withFreeSlug(this.db, 'articles', article.slug, (tx, freeSlug) =>
          insertArticle(tx, { ...article, slug: freeSlug }, scope),
        );
      }),
    );
    if (!created) throw new Error('the insert returned no article');
    return readScopeOf(principal).seesWorkingDrafts ? created : withoutUnseenDraft({ ...created, hasDraft: null });
  }

  /** Updates the fields that the body contains. A list of ids replaces all links of its relation; absent, they stay. */
  async update(id: number, request: ArticleUpdate, principal: Principal, expectedVersions: ExpectedVersions) {
    const body = await withoutUnchangedAuthors(this.db, id, request, principal);
    assertCanWrite(principal, body);
    const write = articleWrite(id, principal, expectedVersions);
    const changes = splitRequest(body);
    return reportUnknownIds(this.db, body, () =>
      writeLiveArticle(
        this.db,
        write,
        (db) => updateArticle(db, write, changes),
        (db) => findWrittenArticle(db, id, principal),
      ),
    );
  }

  /** Links an article to a category, after its other categories. */
  async addCategory(id: number, categoryId: number, principal: Principal, expectedVersions: ExpectedVersions) {
    assertCategoriesAllowed(principal, [String(categoryId)]);
    const write = articleWrite(id, principal, expectedVersions);
    try {
      const { ids: maxLinks } = this.config.limits;
      const { isFull } = await writeLiveArticle(
        this.db,
        write,
        (db) => insertArticleCategory(db, write, categoryId, maxLinks),
        (_, result) => result,
      );
      if (isFull) {
        const detail = `An article can be in at most ${maxLinks} categories, and this one is.`;
        throw fieldProblem('too_many_ids', '/categoryId', detail);
      }
    } catch (error) {
      // The category is part of the path here, so an unknown one is a 404 and not the 422 of an id in a body.
      if (isConstraintViolation(error, ARTICLE_RELATIONS.categoryIds.foreignKey)) {
        throw notFound('category', { id: categoryId });
      }
      throw error;
    }
  }

  /** Unlinks an article from a category. Succeeds if there is no link. */
  async removeCategory(id: number, categoryId: number, principal: Principal, expectedVersions: ExpectedVersions) {
    const write = articleWrite(id, principal, expectedVersions);
    const { isLinkRequired } = await writeLiveArticle(
      this.db,
      write,
      (db) => deleteArticleCategory(db, write, categoryId),
      (_, result) => result,
    );
    if (isLinkRequired) assertCategoriesAllowed(principal, []);
  }

  /** Moves a live article to the trash, or deletes an article, live or trashed, if `permanent`. */
  async remove(
    id: number,
    permanent: boolean,
    principal: Principal,
    expectedVersions: ExpectedVersions,
  ): Promise<void> {
    const write = articleWrite(id, principal, expectedVersions);
    const [removed] = await withRetry(() =>
      permanent ? deleteArticle(this.db, write) : updateArticleTrashed(this.db, write),
    );
    if (removed) return;
    const [state] = await findArticleState(this.db, id, write.scope);
    if (!state) throw articleNotWritable(write);
    if (state.deletedAt && !permanent) throw new Problem('not_found', `The article ${id} is in the trash.`);
    assertVersion(expectedVersions, state.version);
    return this.remove(id, permanent, principal, expectedVersions); // another writer came in between
  }

  /** Restores an article from the trash with its `publishedAt` and links. A live article stays as it is. */
  async restore(id: number, principal: Principal, expectedVersions: ExpectedVersions) {
    await this.restoreIfTrashed(id, principal, expectedVersions);
    return findWrittenArticle(this.db, id, principal);
  }

  private async restoreIfTrashed(id: number, principal: Principal, expectedVersions: ExpectedVersions): Promise<void> {
    const write = articleWrite(id, principal, expectedVersions);
    const [state] = await findArticleState(this.db, id, write.scope);
    if (!state) throw articleNotWritable(write);
    assertVersion(expectedVersions, state.version);
    if (!state.deletedAt) return;
    const [restored] = await withRetry(() => updateArticleRestored(this.db, write, null)).catch((error: unknown) => {
      if (!isSlugTaken(error, 'articles')) throw error;
      return withFreeSlug(this.db, 'articles', state.slug, (tx, freeSlug) =>
        updateArticleRestored(tx, write, freeSlug),
      );
    });
    if (!restored) return this.restoreIfTrashed(id, principal, expectedVersions); // another writer came in between
  }
}
