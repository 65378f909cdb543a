import { Inject, Injectable } from '@nestjs/common';
import { ANONYMOUS, actorOf } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { Mail } from '../../mail/mail.provider.ts';
import { linkWithToken, passwordResetMessage } from '../../mail/message.ts';
import { consumeAttempt, limitFailures } from '../../rate-limits/attempts.writer.ts';
import { findAccountByEmail } from '../accounts/accounts.queries.ts';
import { linkAttemptsFrom, resetMailAttempts } from '../attempt-limits.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { hashIdentifier, PASSWORD_RESET_PREFIX } from '../better-auth/verification-identifiers.ts';
import { deleteVerificationsOf, findVerification } from '../better-auth/verifications.queries.ts';
import { assertNotCommonPassword } from '../passwords/common-passwords.reader.ts';
import { deleteSessionsOf } from '../sessions/sessions.queries.ts';
import type { ForgottenPassword, PasswordReset } from './password-reset.schema.ts';

/** Handles forgotten passwords. */
@Injectable()
export class PasswordResetService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly betterAuth: BetterAuth,
    private readonly mail: Mail,
  ) {}

  /**
   * Emails a link if the account exists. Responds before looking the account up, so that neither the response nor its time
   * reveals whether the account exists.
   */
  async forgotten({ email }: ForgottenPassword, context: RequestContext) {
    this.mail.assertAvailable();
    await consumeAttempt(this.db, linkAttemptsFrom(context.address));
    await consumeAttempt(this.db, resetMailAttempts(email));
    this.mail.sendInBackground(() => this.sendLink(email, context));
    return { detail: 'If an account has this email address, a link is on its way.' };
  }

  /** Sets the password and ends all sessions of the account. Does not sign in; a second factor stays enabled. */
  reset(body: PasswordReset, context: RequestContext) {
    return limitFailures(this.db, linkAttemptsFrom(context.address), () => this.setPassword(body, context));
  }

  private async setPassword({ token, password }: PasswordReset, context: RequestContext) {
    const [verification] = await findVerification(this.db, hashIdentifier(PASSWORD_RESET_PREFIX + token));
    if (!verification) throw new Problem('link_expired');
    assertNotCommonPassword(password, verification.email, '/password');
    await this.betterAuth.call(
      context,
      {},
      (api, headers) => api.resetPassword({ body: { token, newPassword: password }, headers }),
      new Problem('link_expired'),
    );
    // better-auth has ended the sessions, but a challenge that was completed since then is a new one.
    await deleteVerificationsOf(this.db, verification.accountId);
    await deleteSessionsOf(this.db, verification.accountId);
    await this.recordAuditEntry('password.reset', verification.accountId, context);
  }

  private async sendLink(email: string, context: RequestContext) {
    const [account] = await findAccountByEmail(this.db, email);
    if (!account || account.suspendedAt) return;
    const token = await this.betterAuth.createPasswordResetToken(account.id);
    await this.recordAuditEntry('password.forgotten', account.id, context);
    const origin = this.config.publicUrl ?? context.origin;
    await this.mail.send(passwordResetMessage(account.email, linkWithToken(origin, 'new-password', token)));
  }

  private recordAuditEntry(action: string, subjectId: number, { address }: RequestContext) {
    return insertAuditEntry(this.db, actorOf({ ...ANONYMOUS, address }), { action, subject: 'account', subjectId });
  }
}
