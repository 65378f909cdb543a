import { Inject, Injectable } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { fingerprint } from '../listing/cursor.ts';
import { envelope, sliceOf } from '../listing/page.ts';
import { listAuditEntries } from './audit.queries.ts';
import type { AuditQuery } from './audit.schema.ts';
import { camelKeys } from './camel-keys.ts';

/** Reads the audit log; it is written where things happen. */
@Injectable()
export class AuditService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async list({ limit, after, before, ...query }: AuditQuery) {
    const mark = fingerprint(['audit', query]);
    const slice = sliceOf({ limit, after, before, page: undefined, total: false }, mark, (key) => key === '');
    const filter = {
      accountId: query.account,
      tokenId: query.token,
      action: query.action,
      subject: query.subject,
      subjectId: query.subjectId,
      since: query['at[gte]'],
      until: query['at[lt]'],
    };
    const place = { backward: slice.backward, from: slice.from?.id ?? null, fetch: limit + 1 };
    return envelope(
      await listAuditEntries(this.db, filter, place),
      { slice, mark, total: undefined },
      ({ id }) => ({ key: '', id }),
      (entry) => ({ ...entry, before: camelKeys(entry.before), after: camelKeys(entry.after) }),
    );
  }
}
