import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Caller } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { violates } from '../../database/errors.ts';
import { withRetry } from '../../database/retry.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import { fingerprint } from '../../pagination/cursor.ts';
import { envelope, sliceOf } from '../../pagination/page.ts';
import { deletePromisesTo } from '../better-auth/verifications.queries.ts';
import { assertUncommon } from '../passwords/common-passwords.reader.ts';
import { hashPassword } from '../passwords/password-hash.ts';
import { deleteSecondFactor } from '../second-factor/second-factor.queries.ts';
import { deleteSessionsOf } from '../sessions/sessions.queries.ts';
import { writeAccount } from './account.writer.ts';
import {
  countAccounts,
  deleteAccount,
  findAccount,
  listAccounts,
  type NewAccount,
  updateAccount,
} from './accounts.queries.ts';
import type { AccountChange, AccountListQuery } from './accounts.schema.ts';
import { assertStillMay } from './reauthorize.reader.ts';

const MARK = fingerprint('accounts');

/** Decides about everybody's accounts, for admins. */
@Injectable()
export class AccountsService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /**
   * For the command line; over HTTP there are invitations.
   *
   * @throws Problem for a password that is too common, an address that has an account, an unknown author
   */
  async create(account: NewAccount, password: string, caller: Caller) {
    assertUncommon(password, account.email, '/password');
    const hash = await hashPassword(password);
    const write = this.db.transaction((tx) => writeAccount(tx, actorOf(caller), account, hash));
    return write.catch((error: unknown) => {
      throw violates(error, 'accounts_email_key')
        ? fieldProblem('email_taken', '/email', `There is an account with the address ${account.email}.`)
        : error;
    });
  }

  async read(id: number) {
    const [account] = await findAccount(this.db, id);
    return account ?? unknown(id);
  }

  async list(query: AccountListQuery) {
    const slice = sliceOf(query, MARK, (key) => key !== '' && !key.includes('\0') && key.isWellFormed());
    const values = { backward: slice.backward, from: slice.from, fetch: slice.limit + 1, offset: slice.offset };
    const [rows, counted] = await Promise.all([
      listAccounts(this.db, values),
      query.total ? countAccounts(this.db) : undefined,
    ]);
    return envelope(
      rows,
      { slice, mark: MARK, total: counted?.[0]?.total },
      (row) => ({ key: row.email, id: row.id }),
      (row) => row,
    );
  }

  /** A new role holds from the next request on; who is suspended has no session and no link left. */
  async change(id: number, body: AccountChange, caller: Caller) {
    const demoted = body.role !== undefined && body.role !== 'admin';
    const allAdmins = demoted || body.suspended === true;
    return this.write(async (tx) => {
      const { locked } = await assertStillMay(tx, caller, 'accounts.manage', { accountId: id, allAdmins });
      if (allAdmins) assertNotLast(locked, id);
      const [account] = await updateAccount(tx, actorOf(caller), id, body);
      if (!account) return unknown(id);
      if (body.suspended) await endSessions(tx, id);
      return account;
    });
  }

  async remove(id: number, caller: Caller) {
    await this.write(async (tx) => {
      const { locked } = await assertStillMay(tx, caller, 'accounts.manage', { accountId: id, allAdmins: true });
      assertNotLast(locked, id);
      const [gone] = await deleteAccount(tx, actorOf(caller), id);
      if (!gone) unknown(id);
      await deletePromisesTo(tx, id);
    });
  }

  /**
   * Nothing changes where it is off. One's own goes by /account, which asks for the password: whoever finds an admin's
   * browser open shall not get around that.
   */
  async removeSecondFactor(id: number, caller: Caller) {
    if (id === caller.accountId) {
      throw new Problem('forbidden', 'Your own goes by DELETE /account/second-factor, with your password.');
    }
    await this.write(async (tx) => {
      await assertStillMay(tx, caller, 'accounts.manage', { accountId: id });
      const [account] = await findAccount(tx, id);
      if (!account) return unknown(id);
      if (!account.secondFactor) return;
      const actor = actorOf(caller);
      await updateAccount(tx, actor, id, { twoFactorEnabled: false });
      await deleteSecondFactor(tx, id);
      await endSessions(tx, id);
      // Beside the change of the account that the trigger notes: under the name by which the owner's own is found.
      await insertAuditEntry(tx, actor, { action: 'second_factor.disable', subject: 'account', subjectId: id });
    });
  }

  private write<T>(work: (tx: Database) => Promise<T>) {
    return withRetry(() => this.db.transaction(work));
  }
}

/** Also those that are under way: a challenge that waits for its code, a mailed link. */
async function endSessions(tx: Database, id: number) {
  await deletePromisesTo(tx, id);
  await deleteSessionsOf(tx, id);
}

/** @throws Problem `last_admin`; who is not refused holds the locks until the transaction ends */
function assertNotLast(locked: readonly { id: number; isActiveAdmin: boolean }[], id: number) {
  const admins = locked.filter(({ isActiveAdmin }) => isActiveAdmin);
  if (admins.length === 1 && admins[0]?.id === id) throw new Problem('last_admin');
}

function unknown(id: number): never {
  throw new Problem('not_found', `No account has the id ${id}.`);
}
