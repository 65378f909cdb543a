import { and, eq, sql } from 'drizzle-orm';
import { type Actor, setActor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { nowMs } from '../../database/schema/columns.ts';
import type { Role } from '../../database/schema/enums.ts';
import { accountCredentials, accounts } from '../../database/schema/identity.ts';
import { keysetCondition, type PageRange } from '../../pagination/keyset-condition.queries.ts';

/** The columns of an account in a response, in this order. */
const accountColumns = {
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

export const findAccount = (db: Database, id: number) =>
  db.select(accountColumns).from(accounts).where(eq(accounts.id, id));

/** Finds an account by its email address, and whether it is suspended. */
export const findAccountByEmail = (db: Database, email: string) =>
  db
    .select({ id: accounts.id, name: accounts.name, email: accounts.email, suspendedAt: accounts.suspendedAt })
    .from(accounts)
    .where(eq(accounts.email, email));

/** Lists one page of accounts by email address. */
export const listAccounts = (db: Database, { backward, from, fetch, offset }: PageRange) => {
  const direction = backward ? 'desc' : 'asc';
  return db
    .select(accountColumns)
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
  const inserted = db.$with('inserted').as(db.insert(accounts).values(account).returning(accountColumns));
  return db.with(inserted).select().from(inserted).where(setActor(actor));
};

/** Inserts the password of an account in the form that better-auth expects. */
export const insertPassword = (db: Database, accountId: number, hash: string) =>
  db
    .insert(accountCredentials)
    .values({ userId: accountId, accountId: String(accountId), providerId: 'credential', password: hash });

export interface AccountChanges {
  name?: string | undefined;
  role?: Role | undefined;
  authorId?: number | null | undefined;
  suspended?: boolean | undefined;
  twoFactorEnabled?: false | undefined;
}

/** Updates an account. One that is already suspended keeps its time of suspension. */
export const updateAccount = (db: Database, actor: Actor, id: number, { suspended, ...columns }: AccountChanges) =>
  db
    .update(accounts)
    .set({
      ...columns,
      ...(suspended !== undefined && { suspendedAt: suspended ? sql`coalesce(suspended_at, ${nowMs})` : null }),
      updatedAt: nowMs,
    })
    .where(and(eq(accounts.id, id), setActor(actor)))
    .returning(accountColumns);

/** Deletes an account. Foreign keys delete its sessions, tokens and everything else that belongs to it. */
export const deleteAccount = (db: Database, actor: Actor, id: number) =>
  db
    .delete(accounts)
    .where(and(eq(accounts.id, id), setActor(actor)))
    .returning({ id: accounts.id });
