import { Inject, Injectable } from '@nestjs/common';
import { type Caller, COMMAND } from '../access/principal.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { violates } from '../database/errors.ts';
import { withRetry } from '../database/retry.ts';
import { assertExpected, type Expected } from '../http/conditions.ts';
import { Problem } from '../http/problems.ts';
import type { Key } from '../http/wire.schema.ts';
import { slugIsTaken, withFreeSlug } from '../slugs/free-slug.writer.ts';
import { slugify } from '../slugs/slug.ts';
import { findArticle, findCategoriesOfArticle, lockArticle } from './articles.queries.ts';
import type { ArticleChange, ArticleCreate, ArticleListQuery } from './articles.schema.ts';
import { readArticleList } from './list/list-articles.reader.ts';
import { assertMayWrite, assertWithin, readerOf, writerOf } from './visibility/visibility.ts';
import { deleteArticleCategory, insertArticleCategory } from './writes/article-links.queries.ts';
import { insertArticle, type NewArticle } from './writes/create-article.queries.ts';
import type { Outcome, Write } from './writes/locked-write.queries.ts';
import {
  deleteArticle,
  findArticleState,
  updateArticleRestored,
  updateArticleTrashed,
} from './writes/trash-article.queries.ts';
import { distinct, namingUnknown } from './writes/unknown-ids.reader.ts';
import { updateArticle } from './writes/update-article.queries.ts';

/** Decides about articles and their links. */
@Injectable()
export class ArticlesService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @throws Problem `not_found` also for what the caller may not see */
  async read(key: Key, caller: Caller, trashed = false) {
    const reader = caller.role === null ? null : readerOf(caller);
    const article = await findArticle(this.db, key, reader, trashed);
    if (!article) throw notFound(key);
    return article;
  }

  list(query: ArticleListQuery, caller: Caller) {
    return readArticleList(this.db, query, caller, null);
  }

  async categoriesOf(id: number, caller: Caller) {
    const article = await findCategoriesOfArticle(this.db, id, readerOf(caller));
    if (!article) throw notFound({ id });
    return { data: article.categories };
  }

  /**
   * Article and links in one statement. A slug made from the title takes a suffix when it is taken; one that the client
   * chose is theirs or nobody's. Who has a byline signs with it, unless the body says otherwise.
   */
  async create(body: ArticleCreate, caller: Caller) {
    const { slug = slugify(body.title, 'article'), categoryIds = [] } = body;
    const { authorIds = caller.authorId === null ? [] : [String(caller.authorId)] } = body;
    assertMayWrite(caller, {
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
      categoryIds: distinct(categoryIds),
      authorIds: distinct(authorIds),
    };
    const writer = writerOf(caller);
    const [created] = await namingUnknown(this.db, body, () =>
      withRetry(() => insertArticle(this.db, article, writer)).catch((error: unknown) => {
        if (body.slug !== undefined || !slugIsTaken(error, 'articles')) throw error;
        return withFreeSlug(this.db, 'articles', slug, (db, free) =>
          insertArticle(db, { ...article, slug: free }, writer),
        );
      }),
    );
    if (!created) throw new Error('the insert returned no article');
    return created;
  }

  async change(id: number, body: ArticleChange, caller: Caller, expected: Expected) {
    const { categoryIds, authorIds, ...columns } = body;
    const links = {
      categoryIds: categoryIds && distinct(categoryIds),
      authorIds: authorIds && distinct(authorIds),
    };
    assertMayWrite(caller, body);
    await namingUnknown(this.db, body, () =>
      this.write(id, caller, expected, (db, write) => updateArticle(db, write, { columns, ...links })),
    );
    // Whoever wrote a row may read it back, also when somebody has trashed it meanwhile: a 404 would say that nothing was
    // written.
    return this.read({ id }, COMMAND, true);
  }

  async addCategory(id: number, categoryId: number, caller: Caller, expected: Expected) {
    assertWithin(caller, [String(categoryId)]);
    try {
      await this.write(id, caller, expected, (db, write) => insertArticleCategory(db, write, categoryId));
    } catch (error) {
      // In a path it is not a reference that does not resolve, but a resource that is not there.
      if (violates(error, 'article_categories_category_id_fkey')) {
        throw new Problem('not_found', `No category has the id ${categoryId}.`);
      }
      throw error;
    }
  }

  async removeCategory(id: number, categoryId: number, caller: Caller, expected: Expected) {
    const { kept } = await this.write(id, caller, expected, (db, write) =>
      deleteArticleCategory(db, write, categoryId),
    );
    if (kept) assertWithin(caller, []);
  }

  /** To the trash; `permanent` removes the row, live or trashed. */
  async remove(id: number, permanent: boolean, caller: Caller, expected: Expected): Promise<void> {
    const write = writeOf(id, caller, expected);
    const [gone] = await withRetry(() =>
      permanent ? deleteArticle(this.db, write) : updateArticleTrashed(this.db, write),
    );
    if (gone) return;
    const [state] = await findArticleState(this.db, id, write.writer);
    if (!state) throw noneToChange(id, caller);
    if (state.deletedAt && !permanent) throw new Problem('not_found', `The article ${id} is in the trash.`);
    assertExpected(expected, state.version);
    return this.remove(id, permanent, caller, expected); // others wrote in between
  }

  /** Out of the trash, with its `publishedAt` and links; a live article stays as it is. */
  async restore(id: number, caller: Caller, expected: Expected) {
    await this.bringBack(id, caller, expected);
    return this.read({ id }, COMMAND, true);
  }

  private async bringBack(id: number, caller: Caller, expected: Expected): Promise<void> {
    const write = writeOf(id, caller, expected);
    const [state] = await findArticleState(this.db, id, write.writer);
    if (!state) throw noneToChange(id, caller);
    assertExpected(expected, state.version);
    if (!state.deletedAt) return;
    const [restored] = await withRetry(() => updateArticleRestored(this.db, write, null)).catch((error: unknown) => {
      if (!slugIsTaken(error, 'articles')) throw error;
      return withFreeSlug(this.db, 'articles', state.slug, (db, free) => updateArticleRestored(db, write, free));
    });
    if (!restored) return this.bringBack(id, caller, expected); // others wrote in between
  }

  /**
   * Runs a write to one live article. It may find that others wrote while it waited for the row: then it runs again in
   * a transaction that holds the row first, where nobody can be faster.
   */
  private async write(id: number, caller: Caller, expected: Expected, statement: Statement): Promise<Outcome> {
    const write = writeOf(id, caller, expected);
    let [outcome] = await withRetry(() => statement(this.db, write));
    if (outcome && outcome.seen !== outcome.version && (expected?.includes(outcome.version) ?? true)) {
      [outcome] = await withRetry(() =>
        this.db.transaction(async (tx) => {
          await lockArticle(tx, id);
          return statement(tx, write);
        }),
      );
    }
    if (!outcome) throw noneToChange(id, caller);
    assertExpected(expected, outcome.version);
    return outcome;
  }
}

type Statement = (db: Database, write: Write) => Promise<Outcome[]>;

const writeOf = (id: number, caller: Caller, expected: Expected): Write => ({
  id,
  expected: expected ?? null,
  writer: writerOf(caller),
});

function notFound(key: Key) {
  return new Problem(
    'not_found',
    'id' in key ? `No article has the id ${key.id}.` : `No article has the slug ${JSON.stringify(key.slug)}.`,
  );
}

/** What is not there and what is somebody else's look the same. */
const noneToChange = (id: number, caller: Caller) =>
  writerOf(caller).writesAll && caller.categoryIds === null
    ? notFound({ id })
    : new Problem('not_found', `There is no article ${id} that is yours to change.`);
