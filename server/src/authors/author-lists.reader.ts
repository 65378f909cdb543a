import { Injectable } from '@nestjs/common';
import type { Principal } from '../access/principal.ts';
import { BoundedReads } from '../bounded-reads/bounded-reads.ts';
import type { Requester } from '../bounded-reads/requester.ts';
import type { Database } from '../database/database.ts';
import { isStorable } from '../http/wire.schema.ts';
import { fingerprint } from '../pagination/cursor.ts';
import { envelope, pageRequestOf, pick } from '../pagination/page.ts';
import { type AuthorRow, countAuthors, listAuthors } from './authors.queries.ts';
import type { AuthorListQuery } from './authors.schema.ts';
import { withVisibleFields } from './visible-fields.ts';

const FINGERPRINT = fingerprint('authors');

/** Lists of authors. */
@Injectable()
export class AuthorLists {
  constructor(private readonly reads: BoundedReads) {}

  /** @throws Problem for a cursor of another list, and `too_expensive` */
  async findAll(query: AuthorListQuery, principal: Principal, requester: Requester) {
    const pageRequest = pageRequestOf(query, FINGERPRINT, (key) => key !== '' && isStorable(key));
    const read = (db: Database) =>
      Promise.all([listAuthors(db, pageRequest), query.total ? countAuthors(db) : undefined]);
    const [rows, count] = await this.reads.run({ cost: 'ordinary', requester, onSnapshot: query.total }, read);
    return envelope(
      rows,
      { pageRequest, fingerprint: FINGERPRINT, total: count?.[0]?.total },
      (row) => ({ key: row.name, id: row.id }),
      (row) => pick<Partial<AuthorRow>>(withVisibleFields(principal, row), query.fields),
    );
  }
}
