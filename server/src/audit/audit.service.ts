import { Inject, Injectable } from '@nestjs/common';
import { DATABASE, type Database } from '../database/database.ts';
import { isIsoTime } from '../database/schema/rfc3339.ts';
import { fingerprint } from '../pagination/cursor.ts';
import { envelope, pageRequestOf } from '../pagination/page.ts';
import { listAuditEntries } from './audit.queries.ts';
import type { AuditQuery } from './audit.schema.ts';
import { camelCaseKeys } from './camel-case-keys.ts';

/** Lists the audit log, which triggers and other services write. */
@Injectable()
export class AuditService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async findAll({ limit, after, before, ...query }: AuditQuery) {
    const listFingerprint = fingerprint(['audit', query]);
    const pageRequest = pageRequestOf({ limit, after, before }, listFingerprint, isIsoTime);
    const filter = {
      accountId: query.account,
      tokenId: query.token,
      action: query.action,
      subject: query.subject,
      subjectId: query.subjectId,
      since: query['at[gte]'],
      until: query['at[lt]'],
    };
    return envelope(
      await listAuditEntries(this.db, filter, pageRequest),
      { pageRequest, fingerprint: listFingerprint, total: undefined },
      ({ at, id }) => ({ key: at.toISOString(), id }),
      (entry) => ({ ...entry, before: camelCaseKeys(entry.before), after: camelCaseKeys(entry.after) }),
    );
  }
}
