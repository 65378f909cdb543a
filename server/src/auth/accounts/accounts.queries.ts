import { and, eq, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { nowMs } from '../../database/schema/columns.ts';
import type { Role } from '../../database/schema/field-limits.ts';
import { accountCredentials, accounts } from '../../database/schema/identity.ts';
import { keysetCondition } from '../../pagination/keyset-condition.queries.ts';

/** What of an account is read, in the order of the answer. */
const row = {
  id: accounts.id,
  name: accounts.name,
  email: accounts.email,
  role: accounts.role,
  authorId: accounts.authorId,
  secondFactor: accounts.twoFactorEnabled,
  suspendedAt: accounts.suspendedAt,
  createdAt: accounts.createdAt,
  updatedAt: accounts.updatedAt,
};

export const findAccount = (db: Database, id: number) => db.select(row).from(accounts).where(eq(accounts.id, id));

/** An account by its address, and whether it may sign in. */
export const findAccountByEmail = (db: Database, email: string) =>
  db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, suspendedAt: accounts.suspendedAt })
    .from(accounts)
    .where(eq(accounts.email, email));

/** Accounts by address, from after (backward: before) the given place. */
export const listAccounts = (
  db: Database,
  { backward, from, fetch, offset }: { backward: boolean; from: { key: string } | null; fetch: number; offset: number },
) => {
  const direction = backward ? 'desc' : 'asc';
  return db
    .select(row)
    .from(accounts)
    .where(from ? keysetCondition([accounts.email], [from.key], direction) : undefined)
    .orderBy(sql`${accounts.email} ${sql.raw(direction)}`)
    .limit(fetch)
    .offset(offset);
};

export const countAccounts = (db: Database) =>
  db.select({ total: sql<number>`count(*)`.mapWith(Number) }).from(accounts);

export interface NewAccount {
  name: string;
  email: string;
  role: Role;
  authorId: number | null;
}

export const insertAccount = (db: Database, actor: Actor, account: NewAccount) => {
  const written = db.$with('written').as(db.insert(accounts).values(account).returning(row));
  return db.with(written).select().from(written).where(setActor(actor));
};

/** What an account signs in with, as better-auth keeps it. */
export const insertPassword = (db: Database, accountId: number, hash: string) =>
  db
    .insert(accountCredentials)
    .values({ userId: accountId, accountId: String(accountId), providerId: 'credential', password: hash });

export interface AccountColumns {
  name?: string | undefined;
  role?: Role | undefined;
  authorId?: number | null | undefined;
  suspended?: boolean | undefined;
  twoFactorEnabled?: false | undefined;
}

/** Who is suspended already keeps the time. */
export const updateAccount = (db: Database, actor: Actor, id: number, { suspended, ...columns }: AccountColumns) =>
  db
    .update(accounts)
    .set({
      ...columns,
      ...(suspended !== undefined && { suspendedAt: suspended ? sql`coalesce(suspended_at, ${nowMs})` : null }),
      updatedAt: nowMs,
    })
    .where(and(eq(accounts.id, id), setActor(actor)))
    .returning(row);

/** Sessions, tokens and all else that is the account's go with it, by the foreign keys. */
export const deleteAccount = (db: Database, actor: Actor, id: number) =>
  db
    .delete(accounts)
    .where(and(eq(accounts.id, id), setActor(actor)))
    .returning({ id: accounts.id });
