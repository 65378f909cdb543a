import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Caller, reach } from '../access/principal.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { withRetry } from '../database/retry.ts';
import { assertExpected, type Expected } from '../http/conditions.ts';
import { Problem } from '../http/problems.ts';
import type { Key } from '../http/wire.schema.ts';
import { fingerprint } from '../pagination/cursor.ts';
import { envelope, pick, sliceOf } from '../pagination/page.ts';
import { slugIsTaken, withFreeSlug } from '../slugs/free-slug.writer.ts';
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
import type { AuthorChange, AuthorCreate, AuthorListQuery } from './authors.schema.ts';

const MARK = fingerprint('authors');

/** Decides about authors: the bylines of articles. */
@Injectable()
export class AuthorsService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async read(key: Key, caller: Caller) {
    return visibleTo(caller, await this.row(key));
  }

  async list(query: AuthorListQuery, caller: Caller) {
    const slice = sliceOf(query, MARK, (key) => key !== '' && !key.includes('\0') && key.isWellFormed());
    const values = { backward: slice.backward, from: slice.from, fetch: slice.limit + 1, offset: slice.offset };
    const [rows, counted] = await Promise.all([
      listAuthors(this.db, values),
      query.total ? countAuthors(this.db) : undefined,
    ]);
    return envelope(
      rows,
      { slice, mark: MARK, total: counted?.[0]?.total },
      (row) => ({ key: row.name, id: row.id }),
      (row) => pick<Partial<AuthorRow>>(visibleTo(caller, row), query.fields),
    );
  }

  async create(body: AuthorCreate, caller: Caller) {
    const actor = actorOf(caller);
    const row = { ...body, slug: body.slug ?? slugify(body.name, 'author') };
    const [created] = await insertAuthor(this.db, actor, row).catch((error: unknown) => {
      if (body.slug !== undefined || !slugIsTaken(error, 'authors')) throw error;
      return withFreeSlug(this.db, 'authors', row.slug, (tx, slug) => insertAuthor(tx, actor, { ...row, slug }));
    });
    if (!created) throw new Error('the insert returned no author');
    return created;
  }

  async change(key: Key, body: AuthorChange, expected: Expected, caller: Caller) {
    const { id } = await this.row(key);
    const [changed] = await withRetry(() => updateAuthor(this.db, actorOf(caller), id, body, expected));
    return changed ?? this.refuse(key, expected);
  }

  /** An author in use may go: the bylines go with it. */
  async remove(key: Key, expected: Expected, caller: Caller) {
    const { id } = await this.row(key);
    const [gone] = await withRetry(() =>
      this.db.transaction(async (tx) => {
        await lockArticlesOfAuthor(tx, id);
        return deleteAuthor(tx, actorOf(caller), id, expected);
      }),
    );
    if (!gone) await this.refuse(key, expected);
  }

  private async row(key: Key) {
    const [author] = await findAuthor(this.db, key);
    if (!author) throw notFound(key);
    return author;
  }

  /** Nothing was written: is it not there, or not in the expected version? */
  private async refuse(key: Key, expected: Expected): Promise<never> {
    assertExpected(expected, (await this.row(key)).version);
    throw new Problem('busy');
  }
}

/** An e-mail address is nobody's business but the editors'. */
function visibleTo(caller: Caller, author: AuthorRow): Omit<AuthorRow, 'email'> & Partial<Pick<AuthorRow, 'email'>> {
  if (reach(caller, 'authors.contact')) return author;
  const { email: _, ...open } = author;
  return open;
}

function notFound(key: Key) {
  return new Problem(
    'not_found',
    'id' in key ? `No author has the id ${key.id}.` : `No author has the slug ${JSON.stringify(key.slug)}.`,
  );
}
