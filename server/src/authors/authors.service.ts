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

const MARK = fingerprint('authors');

/** Decides about authors: the bylines of articles. */
@Injectable()
export class AuthorsService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async findOne(key: IdOrSlug, principal: Principal) {
    return visibleTo(principal, await this.row(key));
  }

  async findAll(query: AuthorListQuery, principal: Principal) {
    const slice = pageRequestOf(query, MARK, (key) => key !== '' && !key.includes('\0') && key.isWellFormed());
    const values = { backward: slice.backward, from: slice.from, fetch: slice.limit + 1, offset: slice.offset };
    const [rows, counted] = await Promise.all([
      listAuthors(this.db, values),
      query.total ? countAuthors(this.db) : undefined,
    ]);
    return envelope(
      rows,
      { slice, mark: MARK, total: counted?.[0]?.total },
      (row) => ({ key: row.name, id: row.id }),
      (row) => pick<Partial<AuthorRow>>(visibleTo(principal, row), query.fields),
    );
  }

  async create(body: AuthorCreate, principal: Principal) {
    const actor = actorOf(principal);
    const row = { ...body, slug: body.slug ?? slugify(body.name, 'author') };
    const [created] = await insertAuthor(this.db, actor, row).catch((error: unknown) => {
      if (body.slug !== undefined || !isSlugTaken(error, 'authors')) throw error;
      return withFreeSlug(this.db, 'authors', row.slug, (tx, slug) => insertAuthor(tx, actor, { ...row, slug }));
    });
    if (!created) throw new Error('the insert returned no author');
    return created;
  }

  async update(key: IdOrSlug, body: AuthorUpdate, expected: ExpectedVersions, principal: Principal) {
    const { id } = await this.row(key);
    const [changed] = await withRetry(() => updateAuthor(this.db, actorOf(principal), id, body, expected));
    return changed ?? this.refuse(key, expected);
  }

  /** An author in use may go: the bylines go with it. */
  async remove(key: IdOrSlug, expected: ExpectedVersions, principal: Principal) {
    const { id } = await this.row(key);
    const [gone] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        await lockArticlesOfAuthor(tx, id);
        return deleteAuthor(tx, actorOf(principal), id, expected);
      }),
    );
    if (!gone) await this.refuse(key, expected);
  }

  private async row(key: IdOrSlug) {
    const [author] = await findAuthor(this.db, key);
    if (!author) throw notFound(key);
    return author;
  }

  /** Nothing was written: is it not there, or not in the expected version? */
  private async refuse(key: IdOrSlug, expected: ExpectedVersions): Promise<never> {
    assertVersion(expected, (await this.row(key)).version);
    throw new Problem('write_conflict');
  }
}

/** An e-mail address is nobody's business but the editors'. */
function visibleTo(
  principal: Principal,
  author: AuthorRow,
): Omit<AuthorRow, 'email'> & Partial<Pick<AuthorRow, 'email'>> {
  if (scopeOf(principal, 'authors.readEmail')) return author;
  const { email: _, ...open } = author;
  return open;
}

function notFound(key: IdOrSlug) {
  return new Problem(
    'not_found',
    'id' in key ? `No author has the id ${key.id}.` : `No author has the slug ${JSON.stringify(key.slug)}.`,
  );
}
