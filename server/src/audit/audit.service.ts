import { Inject, Injectable } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { dateTime } from '../http/wire.schema.ts';
import { fingerprint } from '../pagination/cursor.ts';
import { envelope, pageRequestOf } from '../pagination/page.ts';
import { listAuditEntries } from './audit.queries.ts';
import type { AuditQuery } from './audit.schema.ts';
import { camelKeys } from './camel-keys.ts';

const isInstant = (key: string) => dateTime.safeParse(key).success;

/** Reads the audit log; it is written where things happen. */
@Injectable()
export class AuditService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async findAll({ limit, after, before, ...query }: AuditQuery) {
    const mark = fingerprint(['audit', query]);
    const slice = pageRequestOf({ limit, after, before, page: undefined, total: false }, mark, isInstant);
    const filter = {
      accountId: query.account,
      tokenId: query.token,
      action: query.action,
      subject: query.subject,
      subjectId: query.subjectId,
      since: query['at[gte]'],
      until: query['at[lt]'],
    };
    const place = { backward: slice.backward, from: slice.from, fetch: limit + 1 };
    return envelope(
      await listAuditEntries(this.db, filter, place),
      { pageRequest: slice, fingerprint: mark, total: undefined },
      ({ at, id }) => ({ key: at.toISOString(), id }),
      (entry) => ({ ...entry, before: camelKeys(entry.before), after: camelKeys(entry.after) }),
    );
  }
}
