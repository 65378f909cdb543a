import { Inject, Injectable } from '@nestjs/common';
import { ANONYMOUS, actorOf } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { Visit } from '../../http/request-context.ts';
import { Mail } from '../../mail/mail.provider.ts';
import { linkTo, newPasswordMessage } from '../../mail/message.ts';
import { assertLeft } from '../../rate-limits/attempts.writer.ts';
import { findAccountByEmail } from '../accounts/accounts.queries.ts';
import { linksFrom, mailsTo } from '../attempts.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { promiseHash, RESET } from '../better-auth/verification.ts';
import { deletePromisesTo, findPromise } from '../better-auth/verifications.queries.ts';
import { assertUncommon } from '../passwords/common-passwords.reader.ts';
import { deleteSessionsOf } from '../sessions/sessions.queries.ts';
import type { Forgotten, Reset } from './password-reset.schema.ts';

/** Decides about passwords that were forgotten. */
@Injectable()
export class PasswordsService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly betterAuth: BetterAuth,
    private readonly mail: Mail,
  ) {}

  /** Answers before it looks: whether there is such an account shows neither in the answer nor in its time. */
  async forgotten({ email }: Forgotten, visit: Visit) {
    this.mail.assertAvailable();
    await assertLeft(this.db, linksFrom(visit.address));
    await assertLeft(this.db, mailsTo(email));
    this.mail.later(() => this.sendLink(email, visit));
    return { detail: 'If there is an account with this address, a mail is on its way.' };
  }

  /** All sessions of the account end; nobody is signed in by it, and a second factor is asked for as before. */
  async reset({ token, password }: Reset, visit: Visit) {
    await assertLeft(this.db, linksFrom(visit.address));
    const [promise] = await findPromise(this.db, promiseHash(RESET + token));
    if (!promise) throw new Problem('link_spent');
    assertUncommon(password, promise.email, '/password');
    await this.betterAuth.call(
      visit,
      {},
      (api, headers) => api.resetPassword({ body: { token, newPassword: password }, headers }),
      new Problem('link_spent'),
    );
    // better-auth ended the sessions; a challenge that was met since then would be another.
    await deletePromisesTo(this.db, promise.accountId);
    await deleteSessionsOf(this.db, promise.accountId);
    await this.note('password.reset', promise.accountId, visit);
  }

  private async sendLink(email: string, visit: Visit) {
    const [account] = await findAccountByEmail(this.db, email);
    if (!account || account.suspendedAt) return;
    const token = await this.betterAuth.resetToken(account.id);
    await this.note('password.forgotten', account.id, visit);
    const origin = this.config.publicUrl ?? visit.origin;
    await this.mail.send(newPasswordMessage(account.email, linkTo(origin, 'new-password', token)));
  }

  private note(action: string, subjectId: number, { address }: Visit) {
    return insertAuditEntry(this.db, actorOf({ ...ANONYMOUS, address }), { action, subject: 'account', subjectId });
  }
}
