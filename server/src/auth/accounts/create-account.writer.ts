import type { Actor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { insertAccount, insertPassword, type NewAccount } from './accounts.queries.ts';

/** Creates an account that can sign in with a password. Must run inside a transaction. */
export async function createAccount(tx: Database, actor: Actor, account: NewAccount, passwordHash: string) {
  const [created] = await insertAccount(tx, actor, account);
  if (!created) throw new Error('the insert returned no account');
  await insertPassword(tx, created.id, passwordHash);
  return created;
}
