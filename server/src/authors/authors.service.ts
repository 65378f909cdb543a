import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../access/principal.ts';
import { DATABASE, type Database } from '../database/database.ts';
import { withRetry } from '../database/retry.ts';
import { assertVersion, type ExpectedVersions } from '../http/conditional-requests.ts';
import { notFound } from '../http/not-found.ts';
import { Problem } from '../http/problems.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import { isSlugTaken, withFreeSlug } from '../slugs/free-slug.writer.ts';
import { findByOldSlug } from '../slugs/old-slug.reader.ts';
import { slugify } from '../slugs/slug.ts';
import { deleteAuthor, findAuthor, insertAuthor, lockArticlesOfAuthor, updateAuthor } from './authors.queries.ts';
import type { AuthorCreate, AuthorUpdate } from './authors.schema.ts';
import { withVisibleFields } from './visible-fields.ts';

/** Authors: the bylines of articles. */
@Injectable()
export class AuthorsService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /** @throws PermanentRedirect for an old slug */
  async findOne(key: IdOrSlug, principal: Principal) {
    const find = async (each: IdOrSlug) => (await findAuthor(this.db, each))[0];
    const author = (await find(key)) ?? (await findByOldSlug(this.db, 'authors', key, (id) => find({ id })));
    if (!author) throw notFound('author', key);
    return withVisibleFields(principal, author);
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
    if (!author) throw notFound('author', key);
    return author;
  }

  /** Explains a write that matched no row: the author does not exist, or its version is not an expected one. */
  private async throwNotWritten(key: IdOrSlug, expectedVersions: ExpectedVersions): Promise<never> {
    assertVersion(expectedVersions, (await this.findByKey(key)).version);
    throw new Problem('write_conflict');
  }
}
