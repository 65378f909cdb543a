import { Inject, Injectable } from '@nestjs/common';
import { accountOf, actorOf, type Caller } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { Visit } from '../../http/request-context.ts';
import { assertLeft } from '../../rate-limits/attempts.writer.ts';
import { triesOfCode, triesOfPassword } from '../attempts.ts';
import { BetterAuth } from '../better-auth/better-auth.provider.ts';
import { deletePromisesTo } from '../better-auth/verifications.queries.ts';
import { deleteOtherSessions } from '../sessions/sessions.queries.ts';
import { claimCode, findSecondFactor } from './second-factor.queries.ts';
import type { CodeOfDevice, PasswordAgain } from './second-factor.schema.ts';

const wrongPassword = () => fieldProblem('sign_in_refused', '/password', 'The password is not right.');

/** Decides about the second factor of whoever calls: codes of an authenticator, and recovery codes for when it is lost. */
@Injectable()
export class SecondFactorService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  /** Sets up a device. Signing in does not ask for it before its first code has come, see `confirm`. */
  async begin({ password }: PasswordAgain, visit: Visit, caller: Caller) {
    const id = accountOf(caller);
    await assertLeft(this.db, triesOfPassword(id));
    await this.assertOff(id);
    const { totpURI, backupCodes } = (await this.betterAuth.call(
      visit,
      this.betterAuth.sessionOf(visit),
      (api, headers) => api.enableTwoFactor({ body: { password, method: 'totp' }, headers }),
      wrongPassword(),
    )) as { totpURI: string; backupCodes: string[] };
    return { uri: totpURI, secret: URL.parse(totpURI)?.searchParams.get('secret') ?? '', recoveryCodes: backupCodes };
  }

  /** All other sessions end, and whoever calls goes on with a new one. @returns its cookies */
  async confirm({ code }: CodeOfDevice, visit: Visit, caller: Caller): Promise<string[]> {
    const id = accountOf(caller);
    await assertLeft(this.db, triesOfCode(id));
    if (!(await this.assertOff(id))) throw notThere();
    const { token = '', cookies } = await this.betterAuth
      .outcome(
        visit,
        this.betterAuth.sessionOf(visit),
        (api, headers) => api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
        fieldProblem('sign_in_refused', '/code', 'The code is not right.'),
      )
      .catch((error: unknown) => this.refused(error, caller));
    // Not good for signing in either.
    await claimCode(this.db, id, code);
    await this.endOthers('second_factor.enable', token, caller);
    return cookies;
  }

  /** All other sessions end, and whoever calls goes on with a new one. @returns its cookies */
  async disable({ password }: PasswordAgain, visit: Visit, caller: Caller): Promise<string[]> {
    await this.assertOn(caller);
    const { token = '', cookies } = await this.betterAuth
      .outcome(
        visit,
        this.betterAuth.sessionOf(visit),
        (api, headers) => api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }),
        wrongPassword(),
      )
      .catch((error: unknown) => this.refused(error, caller));
    await this.endOthers('second_factor.disable', token, caller);
    return cookies;
  }

  /** New ones; the old ones are good for nothing. */
  async renewRecoveryCodes({ password }: PasswordAgain, visit: Visit, caller: Caller) {
    await this.assertOn(caller);
    const { backupCodes } = await this.betterAuth
      .call(
        visit,
        this.betterAuth.sessionOf(visit),
        (api, headers) => api.generateBackupCodes({ body: { password }, headers }),
        wrongPassword(),
      )
      .catch((error: unknown) => this.refused(error, caller));
    await this.note('second_factor.renew', caller);
    return { recoveryCodes: backupCodes };
  }

  /** @returns whether one waits for its first code */
  private async assertOff(accountId: number): Promise<boolean> {
    const [factor] = await findSecondFactor(this.db, accountId);
    if (factor?.on) throw new Problem('second_factor_on');
    return factor !== undefined;
  }

  private async assertOn(caller: Caller) {
    const id = accountOf(caller);
    await assertLeft(this.db, triesOfPassword(id));
    const [factor] = await findSecondFactor(this.db, id);
    if (!factor?.on) throw notThere();
  }

  private async endOthers(action: string, token: string, caller: Caller) {
    await deletePromisesTo(this.db, accountOf(caller));
    await deleteOtherSessions(this.db, accountOf(caller), token);
    await this.note(action, caller);
  }

  private async refused(error: unknown, caller: Caller): Promise<never> {
    if (error instanceof Problem) await this.note('second_factor.refused', caller);
    throw error;
  }

  private note(action: string, caller: Caller) {
    return insertAuditEntry(this.db, actorOf(caller), { action, subject: 'account', subjectId: accountOf(caller) });
  }
}

const notThere = () => new Problem('not_found', 'The account has no second factor.');
