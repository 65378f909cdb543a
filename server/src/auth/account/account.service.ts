import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal, requireAccountId } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { consumeAttempt } from '../../rate-limits/attempts.writer.ts';
import { findAccount, updateAccount } from '../accounts/accounts.queries.ts';
import { passwordAttempts } from '../attempt-limits.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { deleteVerificationsOf } from '../better-auth/verifications.queries.ts';
import { assertNotCommonPassword } from '../passwords/common-passwords.reader.ts';
import { deleteOtherSessions } from '../sessions/sessions.queries.ts';
import type { OwnAccountUpdate, PasswordChange } from './account.schema.ts';

/** Decides about the account of whoever calls. */
@Injectable()
export class AccountService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  async findOne(principal: Principal) {
    const [account] = await findAccount(this.db, requireAccountId(principal));
    return account ?? gone();
  }

  async update(body: OwnAccountUpdate, principal: Principal) {
    const [account] = await updateAccount(this.db, actorOf(principal), requireAccountId(principal), body);
    return account ?? gone();
  }

  /** All sessions end, and whoever calls goes on with a new one. @returns its cookies */
  async changePassword(body: PasswordChange, visit: RequestContext, principal: Principal): Promise<string[]> {
    const { id, email } = await this.findOne(principal);
    await consumeAttempt(this.db, passwordAttempts(id));
    assertNotCommonPassword(body.newPassword, email, '/newPassword');
    const { token = '', cookies } = await this.betterAuth.signInWith(
      visit,
      this.betterAuth.sessionCookieOf(visit),
      (api, headers) =>
        api.changePassword({ body: { ...body, revokeOtherSessions: true }, headers, returnHeaders: true }),
      fieldProblem('invalid_credentials', '/currentPassword', 'The current password is not right.'),
    );
    // Whoever signed in meanwhile did so with the old password. A challenge that was met in between would be a session.
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

function gone(): never {
  throw new Problem('not_found', 'The account is gone.');
}
