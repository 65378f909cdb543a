import { and, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { accounts } from '../../database/schema/identity.ts';

/** The account, when it is suspended. */
export const findSuspended = (db: Database, accountId: number) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNotNull(accounts.suspendedAt)));
