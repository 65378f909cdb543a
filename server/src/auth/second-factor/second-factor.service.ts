import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal, requireAccountId } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { limitFailures } from '../../rate-limits/attempts.writer.ts';
import { codeAttempts, passwordAttempts } from '../attempt-limits.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { deleteVerificationsOf } from '../better-auth/verifications.queries.ts';
import { deleteOtherSessions } from '../sessions/sessions.queries.ts';
import { claimTotpCode, findSecondFactor } from './second-factor.queries.ts';
import type { AuthenticatorCode, PasswordConfirmation } from './second-factor.schema.ts';

const wrongPassword = () => fieldProblem('invalid_credentials', '/password', 'The password is incorrect.');

/** Manages the caller's second factor: an authenticator (TOTP), and recovery codes in case the device is lost. */
@Injectable()
export class SecondFactorService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  /** Sets up a device. Signing in does not require it until `confirm` has verified its first code. */
  async begin({ password }: PasswordConfirmation, context: RequestContext, principal: Principal) {
    await this.assertNotEnabled(requireAccountId(principal));
    const { totpURI, backupCodes } = (await this.limitWrongPasswords(principal, () =>
      this.betterAuth.call(
        context,
        this.betterAuth.sessionCookieOf(context),
        (api, headers) => api.enableTwoFactor({ body: { password, method: 'totp' }, headers }),
        wrongPassword(),
      ),
    )) as { totpURI: string; backupCodes: string[] };
    return { uri: totpURI, secret: URL.parse(totpURI)?.searchParams.get('secret') ?? '', recoveryCodes: backupCodes };
  }

  /** Enables the device, ends all sessions and starts a new one for the caller. @returns the cookies of the new session */
  async confirm({ code }: AuthenticatorCode, context: RequestContext, principal: Principal): Promise<string[]> {
    const accountId = requireAccountId(principal);
    const isPending = await this.assertNotEnabled(accountId);
    if (!isPending) throw noSecondFactor();
    const { token = '', cookies } = await limitFailures(this.db, codeAttempts(accountId), () =>
      this.betterAuth
        .callForNewSession(
          context,
          this.betterAuth.sessionCookieOf(context),
          (api, headers) => api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
          fieldProblem('invalid_credentials', '/code', 'The code is incorrect.'),
        )
        .catch((error: unknown) => this.recordRefusal(error, principal)),
    );
    // The code must not work for signing in too.
    await claimTotpCode(this.db, accountId, code);
    await this.endOtherSessions('second_factor.enable', token, principal);
    return cookies;
  }

  /** Disables the device, ends all sessions and starts a new one for the caller. @returns the cookies of the new session */
  async disable({ password }: PasswordConfirmation, context: RequestContext, principal: Principal): Promise<string[]> {
    await this.assertEnabled(principal);
    const { token = '', cookies } = await this.limitWrongPasswords(principal, () =>
      this.betterAuth
        .callForNewSession(
          context,
          this.betterAuth.sessionCookieOf(context),
          (api, headers) => api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }),
          wrongPassword(),
        )
        .catch((error: unknown) => this.recordRefusal(error, principal)),
    );
    await this.endOtherSessions('second_factor.disable', token, principal);
    return cookies;
  }

  /** Replaces the recovery codes. The old ones stop working. */
  async renewRecoveryCodes({ password }: PasswordConfirmation, context: RequestContext, principal: Principal) {
    await this.assertEnabled(principal);
    const { backupCodes } = await this.limitWrongPasswords(principal, () =>
      this.betterAuth
        .call(
          context,
          this.betterAuth.sessionCookieOf(context),
          (api, headers) => api.generateBackupCodes({ body: { password }, headers }),
          wrongPassword(),
        )
        .catch((error: unknown) => this.recordRefusal(error, principal)),
    );
    await this.recordAuditEntry('second_factor.renew', principal);
    return { recoveryCodes: backupCodes };
  }

  private limitWrongPasswords<Result>(principal: Principal, attempt: () => Promise<Result>) {
    return limitFailures(this.db, passwordAttempts(requireAccountId(principal)), attempt);
  }

  /**
   * @returns whether a device waits for its first code
   * @throws Problem `second_factor_on`
   */
  private async assertNotEnabled(accountId: number): Promise<boolean> {
    const [secondFactor] = await findSecondFactor(this.db, accountId);
    if (secondFactor?.isEnabled) throw new Problem('second_factor_on');
    return secondFactor !== undefined;
  }

  private async assertEnabled(principal: Principal) {
    const [secondFactor] = await findSecondFactor(this.db, requireAccountId(principal));
    if (!secondFactor?.isEnabled) throw noSecondFactor();
  }

  private async endOtherSessions(action: string, currentToken: string, principal: Principal) {
    await deleteVerificationsOf(this.db, requireAccountId(principal));
    await deleteOtherSessions(this.db, requireAccountId(principal), currentToken);
    await this.recordAuditEntry(action, principal);
  }

  private async recordRefusal(error: unknown, principal: Principal): Promise<never> {
    if (error instanceof Problem) await this.recordAuditEntry('second_factor.refused', principal);
    throw error;
  }

  private recordAuditEntry(action: string, principal: Principal) {
    return insertAuditEntry(this.db, actorOf(principal), {
      action,
      subject: 'account',
      subjectId: requireAccountId(principal),
    });
  }
}

const noSecondFactor = () => new Problem('not_found', 'The account has no second factor.');
