import type { Actor } from '../../database/actor.ts';
import type { Database } from '../../database/database.ts';
import { insertAccount, insertPassword, type NewAccount } from './accounts.queries.ts';

/** Makes an account that can sign in, inside a transaction of the caller's. @param hash of its password */
export async function createAccount(tx: Database, actor: Actor, account: NewAccount, hash: string) {
  const [created] = await insertAccount(tx, actor, account);
  if (!created) throw new Error('the insert returned no account');
  await insertPassword(tx, created.id, hash);
  return created;
}
