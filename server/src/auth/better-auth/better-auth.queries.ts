import { and, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { accounts, secrets } from '../../database/schema/identity.ts';

/** Inserts the secret unless another server was first. All servers then read the row that was inserted first. */
export const insertSecret = (db: Database, name: string, value: string) =>
  db.insert(secrets).values({ name, value }).onConflictDoNothing();

export const findSecret = (db: Database, name: string) =>
  db.select({ value: secrets.value }).from(secrets).where(eq(secrets.name, name));

/** Returns a row if the account is suspended. */
export const findSuspendedAccount = (db: Database, accountId: number) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNotNull(accounts.suspendedAt)));
