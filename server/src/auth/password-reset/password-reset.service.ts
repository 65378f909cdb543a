import { Inject, Injectable } from '@nestjs/common';
import { ANONYMOUS, actorOf } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { Mail } from '../../mail/mail.provider.ts';
import { linkWithToken, passwordResetMessage } from '../../mail/message.ts';
import { consumeAttempt } from '../../rate-limits/attempts.writer.ts';
import { findAccountByEmail } from '../accounts/accounts.queries.ts';
import { linkAttemptsFrom, resetMailAttempts } from '../attempt-limits.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { PASSWORD_RESET_PREFIX, hashIdentifier } from '../better-auth/verification-identifiers.ts';
import { deleteVerificationsOf, findVerification } from '../better-auth/verifications.queries.ts';
import { assertNotCommonPassword } from '../passwords/common-passwords.reader.ts';
import { deleteSessionsOf } from '../sessions/sessions.queries.ts';
import type { ForgottenPassword, PasswordReset } from './password-reset.schema.ts';

/** Decides about passwords that were forgotten. */
@Injectable()
export class PasswordResetService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly betterAuth: BetterAuth,
    private readonly mail: Mail,
  ) {}

  /** Answers before it looks: whether there is such an account shows neither in the answer nor in its time. */
  async forgotten({ email }: ForgottenPassword, visit: RequestContext) {
    this.mail.assertAvailable();
    await consumeAttempt(this.db, linkAttemptsFrom(visit.address));
    await consumeAttempt(this.db, resetMailAttempts(email));
    this.mail.sendInBackground(() => this.sendLink(email, visit));
    return { detail: 'If there is an account with this address, a mail is on its way.' };
  }

  /** All sessions of the account end; nobody is signed in by it, and a second factor is asked for as before. */
  async reset({ token, password }: PasswordReset, visit: RequestContext) {
    await consumeAttempt(this.db, linkAttemptsFrom(visit.address));
    const [promise] = await findVerification(this.db, hashIdentifier(PASSWORD_RESET_PREFIX + token));
    if (!promise) throw new Problem('link_expired');
    assertNotCommonPassword(password, promise.email, '/password');
    await this.betterAuth.call(
      visit,
      {},
      (api, headers) => api.resetPassword({ body: { token, newPassword: password }, headers }),
      new Problem('link_expired'),
    );
    // better-auth ended the sessions; a challenge that was met since then would be another.
    await deleteVerificationsOf(this.db, promise.accountId);
    await deleteSessionsOf(this.db, promise.accountId);
    await this.note('password.reset', promise.accountId, visit);
  }

  private async sendLink(email: string, visit: RequestContext) {
    const [account] = await findAccountByEmail(this.db, email);
    if (!account || account.suspendedAt) return;
    const token = await this.betterAuth.createPasswordResetToken(account.id);
    await this.note('password.forgotten', account.id, visit);
    const origin = this.config.publicUrl ?? visit.origin;
    await this.mail.send(passwordResetMessage(account.email, linkWithToken(origin, 'new-password', token)));
  }

  private note(action: string, subjectId: number, { address }: RequestContext) {
    return insertAuditEntry(this.db, actorOf({ ...ANONYMOUS, address }), { action, subject: 'account', subjectId });
  }
}
