import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal, scopeOf } from '../access/principal.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { withRetry } from '../database/retry.ts';
import { assertVersion, type ExpectedVersions } from '../http/conditional-requests.ts';
import { Problem } from '../http/problems.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { fingerprint } from '../pagination/cursor.ts';
import { envelope, pageRequestOf, pick } from '../pagination/page.ts';
import { isSlugTaken, withFreeSlug } from '../slugs/free-slug.writer.ts';
import { slugify } from '../slugs/slug.ts';
import {
  type AuthorRow,
  countAuthors,
  deleteAuthor,
  findAuthor,
  insertAuthor,
  listAuthors,
  lockArticlesOfAuthor,
  updateAuthor,
} from './authors.queries.ts';
import type { AuthorCreate, AuthorListQuery, AuthorUpdate } from './authors.schema.ts';

const FINGERPRINT = fingerprint('authors');

/** Authors: the bylines of articles. */
@Injectable()
export class AuthorsService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async findOne(key: IdOrSlug, principal: Principal) {
    return withVisibleFields(principal, await this.findByKey(key));
  }

  async findAll(query: AuthorListQuery, principal: Principal) {
    const page = pageRequestOf(query, FINGERPRINT, (key) => key !== '' && !key.includes('\0') && key.isWellFormed());
    const values = { backward: page.backward, from: page.from, fetch: page.limit + 1, offset: page.offset };
    const [rows, count] = await Promise.all([
      listAuthors(this.db, values),
      query.total ? countAuthors(this.db) : undefined,
    ]);
    return envelope(
      rows,
      { pageRequest: page, fingerprint: FINGERPRINT, total: count?.[0]?.total },
      (row) => ({ key: row.name, id: row.id }),
      (row) => pick<Partial<AuthorRow>>(withVisibleFields(principal, row), query.fields),
    );
  }

  /** A slug made from the name gets a suffix if it is taken; a taken slug that the client chose fails with 409. */
  async create(body: AuthorCreate, principal: Principal) {
    const actor = actorOf(principal);
    const author = { ...body, slug: body.slug ?? slugify(body.name, 'author') };
    const [created] = await insertAuthor(this.db, actor, author).catch((error: unknown) => {
      if (body.slug !== undefined || !isSlugTaken(error, 'authors')) throw error;
      return withFreeSlug(this.db, 'authors', author.slug, (tx, freeSlug) =>
        insertAuthor(tx, actor, { ...author, slug: freeSlug }),
      );
    });
    if (!created) throw new Error('the insert returned no author');
    return created;
  }

  async update(key: IdOrSlug, body: AuthorUpdate, principal: Principal, expectedVersions: ExpectedVersions) {
    const { id } = await this.findByKey(key);
    const [updated] = await withRetry(() => updateAuthor(this.db, actorOf(principal), id, body, expectedVersions));
    return updated ?? this.throwNotWritten(key, expectedVersions);
  }

  /** Deletes an author, also one with articles: the articles stay, without this byline. */
  async remove(key: IdOrSlug, principal: Principal, expectedVersions: ExpectedVersions) {
    const { id } = await this.findByKey(key);
    const [deleted] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        await lockArticlesOfAuthor(tx, id);
        return deleteAuthor(tx, actorOf(principal), id, expectedVersions);
      }),
    );
    if (!deleted) await this.throwNotWritten(key, expectedVersions);
  }

  private async findByKey(key: IdOrSlug) {
    const [author] = await findAuthor(this.db, key);
    if (!author) throw notFound(key);
    return author;
  }

  /** Explains a write that matched no row: the author does not exist, or its version is not an expected one. */
  private async throwNotWritten(key: IdOrSlug, expectedVersions: ExpectedVersions): Promise<never> {
    assertVersion(expectedVersions, (await this.findByKey(key)).version);
    throw new Problem('write_conflict');
  }
}

/** Removes the email address unless the caller has the permission to read it. */
function withVisibleFields(
  principal: Principal,
  author: AuthorRow,
): Omit<AuthorRow, 'email'> & Partial<Pick<AuthorRow, 'email'>> {
  if (scopeOf(principal, 'authors.readEmail')) return author;
  const { email: _, ...publicFields } = author;
  return publicFields;
}

function notFound(key: IdOrSlug) {
  return new Problem(
    'not_found',
    'id' in key ? `No author has the id ${key.id}.` : `No author has the slug ${JSON.stringify(key.slug)}.`,
  );
}
