import { Inject, Injectable } from '@nestjs/common';
import { COMMAND, type Principal } from '../access/principal.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { isConstraintViolation } from '../database/errors.ts';
import { withRetry } from '../database/retry.ts';
import { assertVersion, type ExpectedVersions } from '../http/conditional-requests.ts';
import { Problem } from '../http/problems.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { isSlugTaken, withFreeSlug } from '../slugs/free-slug.writer.ts';
import { slugify } from '../slugs/slug.ts';
import { findArticle, findCategoriesOfArticle, lockArticle } from './articles.queries.ts';
import type { ArticleCreate, ArticleListQuery, ArticleUpdate } from './articles.schema.ts';
import { listArticlesPage } from './list/list-articles.reader.ts';
import { assertCanWrite, assertCategoriesAllowed, readScopeOf, writeScopeOf } from './visibility/visibility.ts';
import { deleteArticleCategory, insertArticleCategory } from './writes/article-links.queries.ts';
import { insertArticle, type NewArticle } from './writes/create-article.queries.ts';
import type { ArticleWrite, WriteResult } from './writes/locked-write.queries.ts';
import {
  deleteArticle,
  findArticleState,
  updateArticleRestored,
  updateArticleTrashed,
} from './writes/trash-article.queries.ts';
import { namingUnknownIds, uniqueIds } from './writes/unknown-ids.reader.ts';
import { updateArticle } from './writes/update-article.queries.ts';

/** Decides about articles and their links. */
@Injectable()
export class ArticlesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @throws Problem `not_found` also for what the caller may not see */
  async findOne(key: IdOrSlug, principal: Principal, trashed = false) {
    const reader = principal.role === null ? null : readScopeOf(principal);
    const article = await findArticle(this.db, key, reader, trashed);
    if (!article) throw notFound(key);
    return article;
  }

  findAll(query: ArticleListQuery, principal: Principal) {
    return listArticlesPage(this.db, query, principal, null);
  }

  async categoriesOf(id: number, principal: Principal) {
    const article = await findCategoriesOfArticle(this.db, id, readScopeOf(principal));
    if (!article) throw notFound({ id });
    return { data: article.categories };
  }

  /**
   * Article and links in one statement. A slug made from the title takes a suffix when it is taken; one that the client
   * chose is theirs or nobody's. Who has a byline signs with it, unless the body says otherwise.
   */
  async create(body: ArticleCreate, principal: Principal) {
    const { slug = slugify(body.title, 'article'), categoryIds = [] } = body;
    const { authorIds = principal.authorId === null ? [] : [String(principal.authorId)] } = body;
    assertCanWrite(principal, {
      publishedAt: body.publishedAt === undefined ? new Date() : body.publishedAt,
      categoryIds,
      authorIds,
    });
    const article: NewArticle = {
      title: body.title,
      slug,
      excerpt: body.excerpt ?? null,
      content: body.content ?? '',
      contentFormat: body.contentFormat ?? 'markdown',
      publishedAt: body.publishedAt,
      categoryIds: uniqueIds(categoryIds),
      authorIds: uniqueIds(authorIds),
    };
    const writer = writeScopeOf(principal);
    const [created] = await namingUnknownIds(this.db, body, () =>
      withRetry(() => insertArticle(this.db, article, writer)).catch((error: unknown) => {
        if (body.slug !== undefined || !isSlugTaken(error, 'articles')) throw error;
        return withFreeSlug(this.db, 'articles', slug, (db, free) =>
          insertArticle(db, { ...article, slug: free }, writer),
        );
      }),
    );
    if (!created) throw new Error('the insert returned no article');
    return created;
  }

  async update(id: number, body: ArticleUpdate, principal: Principal, expected: ExpectedVersions) {
    const { categoryIds, authorIds, ...columns } = body;
    const links = {
      categoryIds: categoryIds && uniqueIds(categoryIds),
      authorIds: authorIds && uniqueIds(authorIds),
    };
    assertCanWrite(principal, body);
    await namingUnknownIds(this.db, body, () =>
      this.write(id, principal, expected, (db, write) => updateArticle(db, write, { columns, ...links })),
    );
    // Whoever wrote a row may read it back, also when somebody has trashed it meanwhile: a 404 would say that nothing was
    // written.
    return this.findOne({ id }, COMMAND, true);
  }

  async addCategory(id: number, categoryId: number, principal: Principal, expected: ExpectedVersions) {
    assertCategoriesAllowed(principal, [String(categoryId)]);
    try {
      await this.write(id, principal, expected, (db, write) => insertArticleCategory(db, write, categoryId));
    } catch (error) {
      // In a path it is not a reference that does not resolve, but a resource that is not there.
      if (isConstraintViolation(error, 'article_categories_category_id_fkey')) {
        throw new Problem('not_found', `No category has the id ${categoryId}.`);
      }
      throw error;
    }
  }

  async removeCategory(id: number, categoryId: number, principal: Principal, expected: ExpectedVersions) {
    const { kept } = await this.write(id, principal, expected, (db, write) =>
      deleteArticleCategory(db, write, categoryId),
    );
    if (kept) assertCategoriesAllowed(principal, []);
  }

  /** To the trash; `permanent` removes the row, live or trashed. */
  async remove(id: number, permanent: boolean, principal: Principal, expected: ExpectedVersions): Promise<void> {
    const write = writeOf(id, principal, expected);
    const [gone] = await withRetry(() =>
      permanent ? deleteArticle(this.db, write) : updateArticleTrashed(this.db, write),
    );
    if (gone) return;
    const [state] = await findArticleState(this.db, id, write.writer);
    if (!state) throw noneToChange(id, principal);
    if (state.deletedAt && !permanent) throw new Problem('not_found', `The article ${id} is in the trash.`);
    assertVersion(expected, state.version);
    return this.remove(id, permanent, principal, expected); // others wrote in between
  }

  /** Out of the trash, with its `publishedAt` and links; a live article stays as it is. */
  async restore(id: number, principal: Principal, expected: ExpectedVersions) {
    await this.bringBack(id, principal, expected);
    return this.findOne({ id }, COMMAND, true);
  }

  private async bringBack(id: number, principal: Principal, expected: ExpectedVersions): Promise<void> {
    const write = writeOf(id, principal, expected);
    const [state] = await findArticleState(this.db, id, write.writer);
    if (!state) throw noneToChange(id, principal);
    assertVersion(expected, state.version);
    if (!state.deletedAt) return;
    const [restored] = await withRetry(() => updateArticleRestored(this.db, write, null)).catch((error: unknown) => {
      if (!isSlugTaken(error, 'articles')) throw error;
      return withFreeSlug(this.db, 'articles', state.slug, (db, free) => updateArticleRestored(db, write, free));
    });
    if (!restored) return this.bringBack(id, principal, expected); // others wrote in between
  }

  /**
   * Runs a write to one live article. It may find that others wrote while it waited for the row: then it runs again in
   * a transaction that holds the row first, where nobody can be faster.
   */
  private async write(
    id: number,
    principal: Principal,
    expected: ExpectedVersions,
    statement: Statement,
  ): Promise<WriteResult> {
    const write = writeOf(id, principal, expected);
    let [outcome] = await withRetry(() => statement(this.db, write));
    if (outcome && outcome.seen !== outcome.version && (expected?.includes(outcome.version) ?? true)) {
      [outcome] = await withRetry(() =>
        this.db.transaction(async (tx) => {
          await lockArticle(tx, id);
          return statement(tx, write);
        }),
      );
    }
    if (!outcome) throw noneToChange(id, principal);
    assertVersion(expected, outcome.version);
    return outcome;
  }
}

type Statement = (db: Database, write: ArticleWrite) => Promise<WriteResult[]>;

const writeOf = (id: number, principal: Principal, expected: ExpectedVersions): ArticleWrite => ({
  id,
  expected: expected ?? null,
  writer: writeScopeOf(principal),
});

function notFound(key: IdOrSlug) {
  return new Problem(
    'not_found',
    'id' in key ? `No article has the id ${key.id}.` : `No article has the slug ${JSON.stringify(key.slug)}.`,
  );
}

/** What is not there and what is somebody else's look the same. */
const noneToChange = (id: number, principal: Principal) =>
  writeScopeOf(principal).writesAll && principal.categoryIds === null
    ? notFound({ id })
    : new Problem('not_found', `There is no article ${id} that is yours to change.`);
