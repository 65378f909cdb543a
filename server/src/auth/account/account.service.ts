import { Inject, Injectable } from '@nestjs/common';
import { accountOf, actorOf, type Caller } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { Visit } from '../../http/request-context.ts';
import { assertLeft } from '../../rate-limits/attempts.writer.ts';
import { findAccount, updateAccount } from '../accounts/accounts.queries.ts';
import { triesOfPassword } from '../attempts.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { deletePromisesTo } from '../better-auth/verifications.queries.ts';
import { assertUncommon } from '../passwords/common-passwords.reader.ts';
import { deleteOtherSessions } from '../sessions/sessions.queries.ts';
import type { OwnAccountChange, PasswordChange } from './account.schema.ts';

/** Decides about the account of whoever calls. */
@Injectable()
export class AccountService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  async read(caller: Caller) {
    const [account] = await findAccount(this.db, accountOf(caller));
    return account ?? gone();
  }

  async change(body: OwnAccountChange, caller: Caller) {
    const [account] = await updateAccount(this.db, actorOf(caller), accountOf(caller), body);
    return account ?? gone();
  }

  /** All sessions end, and whoever calls goes on with a new one. @returns its cookies */
  async changePassword(body: PasswordChange, visit: Visit, caller: Caller): Promise<string[]> {
    const { id, email } = await this.read(caller);
    await assertLeft(this.db, triesOfPassword(id));
    assertUncommon(body.newPassword, email, '/newPassword');
    const { token = '', cookies } = await this.betterAuth.outcome(
      visit,
      this.betterAuth.sessionOf(visit),
      (api, headers) =>
        api.changePassword({ body: { ...body, revokeOtherSessions: true }, headers, returnHeaders: true }),
      fieldProblem('sign_in_refused', '/currentPassword', 'The current password is not right.'),
    );
    // Whoever signed in meanwhile did so with the old password. A challenge that was met in between would be a session.
    await deletePromisesTo(this.db, id);
    await deleteOtherSessions(this.db, id, token);
    await insertAuditEntry(this.db, actorOf(caller), { action: 'password.change', subject: 'account', subjectId: id });
    return cookies;
  }
}

function gone(): never {
  throw new Problem('not_found', 'The account is gone.');
}
