import { eq } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { secrets } from '../../database/schema/identity.ts';

/** The first of several servers wins; all read what it wrote. */
export const insertSecret = (db: Database, name: string, value: string) =>
  db.insert(secrets).values({ name, value }).onConflictDoNothing();

export const findSecret = (db: Database, name: string) =>
  db.select({ value: secrets.value }).from(secrets).where(eq(secrets.name, name));
