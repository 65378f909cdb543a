import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { isConstraintViolation } from '../../database/errors.ts';
import { withRetry } from '../../database/retry.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import { fingerprint } from '../../pagination/cursor.ts';
import { envelope, pageRequestOf } from '../../pagination/page.ts';
import { deleteVerificationsOf } from '../better-auth/verifications.queries.ts';
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
import type { AccountListQuery, AccountUpdate } from './accounts.schema.ts';
import { reauthorize } from './reauthorize.reader.ts';

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
  async create(account: NewAccount, password: string, principal: Principal) {
    assertUncommon(password, account.email, '/password');
    const hash = await hashPassword(password);
    const write = this.db.transaction((tx) => writeAccount(tx, actorOf(principal), account, hash));
    return write.catch((error: unknown) => {
      throw isConstraintViolation(error, 'accounts_email_key')
        ? fieldProblem('email_taken', '/email', `There is an account with the address ${account.email}.`)
        : error;
    });
  }

  async findOne(id: number) {
    const [account] = await findAccount(this.db, id);
    return account ?? unknown(id);
  }

  async findAll(query: AccountListQuery) {
    const slice = pageRequestOf(query, MARK, (key) => key !== '' && !key.includes('\0') && key.isWellFormed());
    const values = { backward: slice.backward, from: slice.from, fetch: slice.limit + 1, offset: slice.offset };
    const [rows, counted] = await Promise.all([
      listAccounts(this.db, values),
      query.total ? countAccounts(this.db) : undefined,
    ]);
    return envelope(
      rows,
      { pageRequest: slice, fingerprint: MARK, total: counted?.[0]?.total },
      (row) => ({ key: row.email, id: row.id }),
      (row) => row,
    );
  }

  /** A new role holds from the next request on; who is suspended has no session and no link left. */
  async update(id: number, body: AccountUpdate, principal: Principal) {
    const demoted = body.role !== undefined && body.role !== 'admin';
    const allAdmins = demoted || body.suspended === true;
    return this.write(async (tx) => {
      const { locked } = await reauthorize(tx, principal, 'accounts.manage', { accountId: id, allAdmins });
      if (allAdmins) assertNotLast(locked, id);
      const [account] = await updateAccount(tx, actorOf(principal), id, body);
      if (!account) return unknown(id);
      if (body.suspended) await endSessions(tx, id);
      return account;
    });
  }

  async remove(id: number, principal: Principal) {
    await this.write(async (tx) => {
      const { locked } = await reauthorize(tx, principal, 'accounts.manage', { accountId: id, allAdmins: true });
      assertNotLast(locked, id);
      const [gone] = await deleteAccount(tx, actorOf(principal), id);
      if (!gone) unknown(id);
      await deleteVerificationsOf(tx, id);
    });
  }

  /**
   * Nothing changes where it is off. One's own goes by /account, which asks for the password: whoever finds an admin's
   * browser open shall not get around that.
   */
  async removeSecondFactor(id: number, principal: Principal) {
    if (id === principal.accountId) {
      throw new Problem('forbidden', 'Your own goes by DELETE /account/second-factor, with your password.');
    }
    await this.write(async (tx) => {
      await reauthorize(tx, principal, 'accounts.manage', { accountId: id });
      const [account] = await findAccount(tx, id);
      if (!account) return unknown(id);
      if (!account.secondFactor) return;
      const actor = actorOf(principal);
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
  await deleteVerificationsOf(tx, id);
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
