import type { Actor } from '../database/acting.ts';
import { auditLog } from '../database/audit-tables.ts';
import type { Database } from '../database/database.ts';

/** What happened that is not a change of a row: those are noted by triggers. Never with a secret. */
export interface Deed {
  /** `sign_in.refused`, `access.refused` … */
  action: string;
  subject: string | null;
  subjectId: number | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

export const insertAuditEntry = (db: Database, actor: Actor, deed: Deed) =>
  db.insert(auditLog).values({ ...actor, ...deed });
