import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ANONYMOUS, actorOf } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { addressKey } from '../../rate-limits/address.ts';
import { countFailures, limitFailures } from '../../rate-limits/attempts.writer.ts';
import { findAccount, findAccountByEmail } from '../accounts/accounts.queries.ts';
import { codeAttempts, signInAttemptsFrom, signInAttemptsOn } from '../attempt-limits.ts';
import { BetterAuth, type SignInResult } from '../better-auth/better-auth.provider.ts';
import { readCookie, verifySignedCookie } from '../better-auth/cookies.ts';
import { hashIdentifier } from '../better-auth/verification-identifiers.ts';
import { findVerification } from '../better-auth/verifications.queries.ts';
import { claimTotpCode, deleteExpiredTotpCodes } from '../second-factor/second-factor.queries.ts';
import { deleteSessionByToken } from '../sessions/sessions.queries.ts';
import { findPasswordHash, listKnownAddresses, lockAccountForSignIn } from './sign-in.queries.ts';
import type { SecondFactor, SignIn } from './sign-in.schema.ts';

/** Signs users in. All refusals look the same and take the same time: the response does not reveal what was wrong. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  /** @returns the account, or the second factors to choose from, and the cookies to set */
  async signIn(body: SignIn, context: RequestContext) {
    const result = await limitFailures(this.db, signInAttemptsFrom(context.address), () =>
      this.verifyPassword(body, context),
    );
    if (result.token === undefined) return { cookies: result.cookies, secondFactor: ['totp', 'recovery'] as const };
    return this.completeSignIn(result, context);
  }

  /**
   * Looks like a wrong password if the account has no attempt left. A 429 would reveal that the account exists: an address
   * that has signed in before has a limit of its own, so its neighbours would get a 401 where an unknown account would give
   * them a 429. Inventing such addresses for unknown accounts was rejected, because they would have to stay the same for
   * months. Only the limit of the network, which does not depend on the account, responds with 429.
   */
  private async verifyPassword({ email, password }: SignIn, context: RequestContext) {
    return countFailures(this.db, await this.attemptsOn(email, context), async (waitMs) => {
      // Without attempts left, compares a random password, so that everything after it is the same as for a wrong one.
      const submittedPassword = waitMs === null ? password : randomBytes(24).toString('base64url');
      const [credentials] = await findPasswordHash(this.db, email);
      return this.betterAuth
        .callForNewSession(context, {}, (api, headers) =>
          api.signInEmail({ body: { email, password: submittedPassword }, headers, returnHeaders: true }),
        )
        .then((unchecked) => this.assertUnchanged(unchecked, email, credentials?.hash, { usedSecondFactor: false }))
        .catch((error: unknown) => this.recordRefusal(error, email, context));
    });
  }

  /** @throws Problem `invalid_credentials` for a wrong or used code, or a missing or expired challenge */
  async secondFactor(body: SecondFactor, context: RequestContext) {
    const challenge = readCookie(context.cookies, this.betterAuth.cookies.challenge);
    const identifier = verifySignedCookie(challenge, await this.betterAuth.secret());
    const [verification] = identifier === undefined ? [] : await findVerification(this.db, hashIdentifier(identifier));
    if (!verification) throw new Problem('invalid_credentials', 'Sign in with the password again.');
    const result = await limitFailures(this.db, codeAttempts(verification.accountId), () =>
      this.verifyFactor(body, context, challenge, verification),
    );
    return this.completeSignIn(result, context);
  }

  private async verifyFactor(
    body: SecondFactor,
    context: RequestContext,
    challenge: string | undefined,
    { accountId, email }: { accountId: number; email: string },
  ) {
    const [credentials] = await findPasswordHash(this.db, email);
    const result = await this.verifyCode(body, context, challenge)
      .then((unchecked) => this.assertUnchanged(unchecked, email, credentials?.hash, { usedSecondFactor: true }))
      .catch(async (error: unknown) => {
        await this.recordAuditEntry('second_factor.refused', accountId, context);
        throw error;
      });
    await this.assertFirstUse(body, accountId, result, context);
    return result;
  }

  private verifyCode(
    { code, recoveryCode = '' }: SecondFactor,
    context: RequestContext,
    challenge: string | undefined,
  ) {
    // Without the session cookie: with one, better-auth would verify the code for that session instead of this challenge.
    return this.betterAuth.callForNewSession(context, { challenge }, (api, headers) =>
      code === undefined
        ? api.verifyBackupCode({ body: { code: recoveryCode }, headers, returnHeaders: true })
        : api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
    );
  }

  /**
   * Accepts each code once. If several requests use the same code concurrently, only the one that claims it keeps its
   * session; the other sessions are deleted before their cookies are sent.
   */
  private async assertFirstUse(
    { code }: SecondFactor,
    accountId: number,
    { token = '' }: SignInResult,
    context: RequestContext,
  ) {
    await deleteExpiredTotpCodes(this.db, accountId);
    const [claimed] = code === undefined ? [{}] : await claimTotpCode(this.db, accountId, code);
    if (claimed) return;
    await deleteSessionByToken(this.db, token);
    await this.recordAuditEntry('second_factor.refused', accountId, context);
    throw new Problem('invalid_credentials');
  }

  /** Ends the session that the request came with: it is neither adopted nor left behind (ASVS 7.2.4). */
  private async completeSignIn({ token = '', accountId, cookies }: SignInResult, context: RequestContext) {
    const previousToken = verifySignedCookie(
      readCookie(context.cookies, this.betterAuth.cookies.session),
      await this.betterAuth.secret(),
    );
    if (previousToken !== undefined && previousToken !== token) await deleteSessionByToken(this.db, previousToken);
    await this.recordAuditEntry('session.create', accountId, context);
    const [account] = await findAccount(this.db, accountId);
    if (!account) throw new Problem('invalid_credentials');
    return { cookies, account };
  }

  /**
   * Refuses a sign-in during which the account changed. Such a change ended the sessions that existed at the time, but not
   * this new one. The password that was compared can be the old one, a second factor can be missing because it has just
   * been enabled or be void because it has just been disabled, and the account can be suspended.
   */
  private async assertUnchanged(
    result: SignInResult,
    email: string,
    passwordHashBefore: string | null | undefined,
    { usedSecondFactor }: { usedSecondFactor: boolean },
  ) {
    const [account] = await lockAccountForSignIn(this.db, email);
    const isFactorRight = result.token === undefined || account?.secondFactor === usedSecondFactor;
    if (account && account.hash === passwordHashBefore && !account.suspendedAt && isFactorRight) return result;
    if (result.token !== undefined) await deleteSessionByToken(this.db, result.token);
    throw new Problem('invalid_credentials');
  }

  private async attemptsOn(email: string, { address }: RequestContext) {
    const { rows } = await listKnownAddresses(this.db, email);
    const network = addressKey(address);
    return signInAttemptsOn(
      email,
      address,
      rows.some((row) => addressKey(row.address) === network),
    );
  }

  private async recordRefusal(error: unknown, email: string, context: RequestContext): Promise<never> {
    if (!(error instanceof Problem)) throw error;
    // Logs the id of the account and never the submitted email: people type their password into the wrong field.
    const [account] = await findAccountByEmail(this.db, email);
    await this.recordAuditEntry('session.refused', account?.id ?? null, context);
    throw error;
  }

  /** The actor of a successful sign-in is the account. A refused one has no actor. */
  private recordAuditEntry(action: string, accountId: number | null, { address }: RequestContext) {
    const actor = actorOf({ ...ANONYMOUS, address, accountId: action.endsWith('.refused') ? null : accountId });
    return insertAuditEntry(this.db, actor, { action, subject: 'account', subjectId: accountId });
  }
}
