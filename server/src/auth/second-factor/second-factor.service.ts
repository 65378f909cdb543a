import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal, requireAccountId } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { consumeAttempt } from '../../rate-limits/attempts.writer.ts';
import { codeAttempts, passwordAttempts } from '../attempt-limits.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { deleteVerificationsOf } from '../better-auth/verifications.queries.ts';
import { deleteOtherSessions } from '../sessions/sessions.queries.ts';
import { claimTotpCode, findSecondFactor } from './second-factor.queries.ts';
import type { AuthenticatorCode, PasswordConfirmation } from './second-factor.schema.ts';

const wrongPassword = () => fieldProblem('invalid_credentials', '/password', 'The password is not right.');

/** Decides about the second factor of whoever calls: codes of an authenticator, and recovery codes for when it is lost. */
@Injectable()
export class SecondFactorService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  /** Sets up a device. Signing in does not ask for it before its first code has come, see `confirm`. */
  async begin({ password }: PasswordConfirmation, visit: RequestContext, principal: Principal) {
    const id = requireAccountId(principal);
    await consumeAttempt(this.db, passwordAttempts(id));
    await this.assertOff(id);
    const { totpURI, backupCodes } = (await this.betterAuth.call(
      visit,
      this.betterAuth.sessionCookieOf(visit),
      (api, headers) => api.enableTwoFactor({ body: { password, method: 'totp' }, headers }),
      wrongPassword(),
    )) as { totpURI: string; backupCodes: string[] };
    return { uri: totpURI, secret: URL.parse(totpURI)?.searchParams.get('secret') ?? '', recoveryCodes: backupCodes };
  }

  /** All other sessions end, and whoever calls goes on with a new one. @returns its cookies */
  async confirm({ code }: AuthenticatorCode, visit: RequestContext, principal: Principal): Promise<string[]> {
    const id = requireAccountId(principal);
    await consumeAttempt(this.db, codeAttempts(id));
    if (!(await this.assertOff(id))) throw notThere();
    const { token = '', cookies } = await this.betterAuth
      .signInWith(
        visit,
        this.betterAuth.sessionCookieOf(visit),
        (api, headers) => api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
        fieldProblem('invalid_credentials', '/code', 'The code is not right.'),
      )
      .catch((error: unknown) => this.refused(error, principal));
    // Not good for signing in either.
    await claimTotpCode(this.db, id, code);
    await this.endOthers('second_factor.enable', token, principal);
    return cookies;
  }

  /** All other sessions end, and whoever calls goes on with a new one. @returns its cookies */
  async disable({ password }: PasswordConfirmation, visit: RequestContext, principal: Principal): Promise<string[]> {
    await this.assertOn(principal);
    const { token = '', cookies } = await this.betterAuth
      .signInWith(
        visit,
        this.betterAuth.sessionCookieOf(visit),
        (api, headers) => api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }),
        wrongPassword(),
      )
      .catch((error: unknown) => this.refused(error, principal));
    await this.endOthers('second_factor.disable', token, principal);
    return cookies;
  }

  /** New ones; the old ones are good for nothing. */
  async renewRecoveryCodes({ password }: PasswordConfirmation, visit: RequestContext, principal: Principal) {
    await this.assertOn(principal);
    const { backupCodes } = await this.betterAuth
      .call(
        visit,
        this.betterAuth.sessionCookieOf(visit),
        (api, headers) => api.generateBackupCodes({ body: { password }, headers }),
        wrongPassword(),
      )
      .catch((error: unknown) => this.refused(error, principal));
    await this.note('second_factor.renew', principal);
    return { recoveryCodes: backupCodes };
  }

  /** @returns whether one waits for its first code */
  private async assertOff(accountId: number): Promise<boolean> {
    const [factor] = await findSecondFactor(this.db, accountId);
    if (factor?.on) throw new Problem('second_factor_on');
    return factor !== undefined;
  }

  private async assertOn(principal: Principal) {
    const id = requireAccountId(principal);
    await consumeAttempt(this.db, passwordAttempts(id));
    const [factor] = await findSecondFactor(this.db, id);
    if (!factor?.on) throw notThere();
  }

  private async endOthers(action: string, token: string, principal: Principal) {
    await deleteVerificationsOf(this.db, requireAccountId(principal));
    await deleteOtherSessions(this.db, requireAccountId(principal), token);
    await this.note(action, principal);
  }

  private async refused(error: unknown, principal: Principal): Promise<never> {
    if (error instanceof Problem) await this.note('second_factor.refused', principal);
    throw error;
  }

  private note(action: string, principal: Principal) {
    return insertAuditEntry(this.db, actorOf(principal), {
      action,
      subject: 'account',
      subjectId: requireAccountId(principal),
    });
  }
}

const notThere = () => new Problem('not_found', 'The account has no second factor.');
