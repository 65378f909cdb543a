import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal, requireAccountId } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { limitFailures } from '../../rate-limits/attempts.writer.ts';
import { findAccount, updateAccount } from '../accounts/accounts.queries.ts';
import { passwordAttempts } from '../attempt-limits.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { deleteVerificationsOf } from '../better-auth/verifications.queries.ts';
import { assertNotCommonPassword } from '../passwords/common-passwords.reader.ts';
import { deleteOtherSessions } from '../sessions/sessions.queries.ts';
import type { OwnAccountUpdate, PasswordChange } from './account.schema.ts';

/** Manages the caller's own account. */
@Injectable()
export class AccountService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  async findOne(principal: Principal) {
    const [account] = await findAccount(this.db, requireAccountId(principal));
    if (!account) throw accountDeleted();
    return account;
  }

  async update(body: OwnAccountUpdate, principal: Principal) {
    const [account] = await updateAccount(this.db, actorOf(principal), requireAccountId(principal), body);
    if (!account) throw accountDeleted();
    return account;
  }

  /** Ends all sessions of the account and starts a new one for the caller. @returns the cookies of the new session */
  async changePassword(body: PasswordChange, context: RequestContext, principal: Principal): Promise<string[]> {
    const { id, email } = await this.findOne(principal);
    assertNotCommonPassword(body.newPassword, email, '/newPassword');
    const { token = '', cookies } = await limitFailures(this.db, passwordAttempts(id), () =>
      this.betterAuth.callForNewSession(
        context,
        this.betterAuth.sessionCookieOf(context),
        (api, headers) =>
          api.changePassword({ body: { ...body, revokeOtherSessions: true }, headers, returnHeaders: true }),
        fieldProblem('invalid_credentials', '/currentPassword', 'The current password is incorrect.'),
      ),
    );
    // Concurrent sign-ins used the old password. Challenges go before sessions: one that is completed in between has
    // become a session.
    await deleteVerificationsOf(this.db, id);
    await deleteOtherSessions(this.db, id, token);
    await insertAuditEntry(this.db, actorOf(principal), {
      action: 'password.change',
      subject: 'account',
      subjectId: id,
    });
    return cookies;
  }
}

const accountDeleted = () => new Problem('not_found', 'The account was deleted.');
