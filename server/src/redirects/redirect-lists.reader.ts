import { Injectable } from '@nestjs/common';
import { BoundedReads } from '../bounded-reads/bounded-reads.ts';
import type { Requester } from '../bounded-reads/requester.ts';
import type { Database } from '../database/database.ts';
import { fingerprint } from '../pagination/cursor.ts';
import { envelope, pageRequestOf } from '../pagination/page.ts';
import { toRedirect } from './redirect-target.ts';
import { countRedirects, listRedirects } from './redirects.queries.ts';
import type { RedirectListQuery } from './redirects.schema.ts';

/** Lists of redirects. */
@Injectable()
export class RedirectLists {
  constructor(private readonly reads: BoundedReads) {}

  /** @throws Problem for a cursor of another list, and `too_expensive` */
  async findAll(query: RedirectListQuery, requester: Requester) {
    const listFingerprint = fingerprint(['redirects', query.path]);
    const pageRequest = pageRequestOf(query, listFingerprint, (key) => key === '');
    const read = (db: Database) =>
      Promise.all([
        listRedirects(db, query.path, pageRequest),
        query.total ? countRedirects(db, query.path) : undefined,
      ]);
    const [rows, count] = await this.reads.run({ cost: 'ordinary', requester, onSnapshot: query.total }, read);
    return envelope(
      rows,
      { pageRequest, fingerprint: listFingerprint, total: count?.[0]?.total },
      ({ id }) => ({ key: '', id }),
      toRedirect,
    );
  }
}
