import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { isConstraintViolation } from '../../database/errors.ts';
import { withRetry } from '../../database/retry.ts';
import { notFound } from '../../http/not-found.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import { isStorable } from '../../http/wire.schema.ts';
import { fingerprint } from '../../pagination/cursor.ts';
import { envelope, pageRequestOf } from '../../pagination/page.ts';
import { deleteVerificationsOf } from '../better-auth/verifications.queries.ts';
import { assertNotCommonPassword } from '../passwords/common-passwords.reader.ts';
import { hashPassword } from '../passwords/password-hash.ts';
import { deleteSecondFactor } from '../second-factor/second-factor.queries.ts';
import { deleteSessionsOf } from '../sessions/sessions.queries.ts';
import {
  countAccounts,
  deleteAccount,
  findAccount,
  listAccounts,
  type NewAccount,
  updateAccount,
} from './accounts.queries.ts';
import type { AccountListQuery, AccountUpdate } from './accounts.schema.ts';
import { createAccount } from './create-account.writer.ts';
import { reauthorize } from './reauthorize.reader.ts';

const LIST_FINGERPRINT = fingerprint('accounts');

/** Manages all accounts, for admins. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Creates an account from the command line. Over HTTP, accounts are created by invitation.
   *
   * @throws Problem `invalid_request` for a common password, `email_taken` or `unknown_author`
   */
  async create(account: NewAccount, password: string, principal: Principal) {
    assertNotCommonPassword(password, account.email, '/password');
    const passwordHash = await hashPassword(password, this.config.passwordHashCost);
    const creation = this.db.transaction((tx) => createAccount(tx, actorOf(principal), account, passwordHash));
    return creation.catch((error: unknown) => {
      throw isConstraintViolation(error, 'accounts_email_key')
        ? fieldProblem('email_taken', '/email', `Another account has the email address ${account.email}.`)
        : error;
    });
  }

  async findOne(id: number) {
    const [account] = await findAccount(this.db, id);
    if (!account) throw notFound('account', { id });
    return account;
  }

  async findAll(query: AccountListQuery) {
    const pageRequest = pageRequestOf(query, LIST_FINGERPRINT, (key) => key !== '' && isStorable(key));
    const [rows, counts] = await Promise.all([
      listAccounts(this.db, pageRequest),
      query.total ? countAccounts(this.db) : undefined,
    ]);
    return envelope(
      rows,
      { pageRequest, fingerprint: LIST_FINGERPRINT, total: counts?.[0]?.total },
      (row) => ({ key: row.email, id: row.id }),
      (row) => row,
    );
  }

  /** Updates an account. A new role applies from the next request; a suspension ends all sessions and links. */
  async update(id: number, body: AccountUpdate, principal: Principal) {
    const isDemotion = body.role !== undefined && body.role !== 'admin';
    const allAdmins = isDemotion || body.suspended === true;
    return this.inTransaction(async (tx) => {
      const { lockedAccounts } = await reauthorize(tx, principal, 'accounts.manage', { accountId: id, allAdmins });
      if (allAdmins) assertNotLastAdmin(lockedAccounts, id);
      const [account] = await updateAccount(tx, actorOf(principal), id, body);
      if (!account) throw notFound('account', { id });
      if (body.suspended) await deleteSessionsAndChallenges(tx, id);
      return account;
    });
  }

  async remove(id: number, principal: Principal) {
    await this.inTransaction(async (tx) => {
      const { lockedAccounts } = await reauthorize(tx, principal, 'accounts.manage', {
        accountId: id,
        allAdmins: true,
      });
      assertNotLastAdmin(lockedAccounts, id);
      const [deleted] = await deleteAccount(tx, actorOf(principal), id);
      if (!deleted) throw notFound('account', { id });
      await deleteVerificationsOf(tx, id);
    });
  }

  /**
   * Disables the second factor of an account, and does nothing if it is disabled already. Admins disable their own at
   * `/account/second-factor`, which asks for the password: an unattended browser of an admin must not be enough.
   */
  async removeSecondFactor(id: number, principal: Principal) {
    if (id === principal.accountId) {
      throw new Problem(
        'forbidden',
        'Use DELETE /account/second-factor with your password to disable your own second factor.',
      );
    }
    await this.inTransaction(async (tx) => {
      await reauthorize(tx, principal, 'accounts.manage', { accountId: id });
      const [account] = await findAccount(tx, id);
      if (!account) throw notFound('account', { id });
      if (!account.secondFactor) return;
      const actor = actorOf(principal);
      await updateAccount(tx, actor, id, { twoFactorEnabled: false });
      await deleteSecondFactor(tx, id);
      await deleteSessionsAndChallenges(tx, id);
      // In addition to the trigger's entry for the account: users who disable their own leave an entry of this name too.
      await insertAuditEntry(tx, actor, { action: 'second_factor.disable', subject: 'account', subjectId: id });
    });
  }

  private inTransaction<T>(task: (tx: Database) => Promise<T>) {
    return withRetry(() => this.db.transaction(task));
  }
}

/** Deletes the sessions of an account, and the challenges and mailed links that could still start one. */
async function deleteSessionsAndChallenges(tx: Database, id: number) {
  await deleteVerificationsOf(tx, id);
  await deleteSessionsOf(tx, id);
}

/**
 * Relies on `reauthorize` having locked all active admins until the transaction ends.
 *
 * @throws Problem `last_admin`
 */
function assertNotLastAdmin(lockedAccounts: readonly { id: number; isActiveAdmin: boolean }[], id: number) {
  const activeAdmins = lockedAccounts.filter(({ isActiveAdmin }) => isActiveAdmin);
  if (activeAdmins.length === 1 && activeAdmins[0]?.id === id) throw new Problem('last_admin');
}
