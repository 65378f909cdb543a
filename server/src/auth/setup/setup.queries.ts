import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { secrets } from '../../database/schema/identity.ts';

const NAME = 'setup';

export const findAccountExists = (db: Database) =>
  db.select({ exists: sql<boolean>`exists (select from accounts)` }).from(sql`(values (1)) as one`);

/** Stores the code, unless another server was first. */
export const insertSetupCode = (db: Database, value: string) =>
  db.insert(secrets).values({ name: NAME, value }).onConflictDoNothing();

export const findSetupCode = (db: Database) =>
  db.select({ value: secrets.value }).from(secrets).where(eq(secrets.name, NAME));

/** Finds the code, and makes other attempts wait until the transaction ends. */
export const lockSetupCode = (db: Database) => findSetupCode(db).for('update');

export const updateSetupCode = (db: Database, value: string) =>
  db.update(secrets).set({ value }).where(eq(secrets.name, NAME));

export const deleteSetupCode = (db: Database) => db.delete(secrets).where(eq(secrets.name, NAME));
