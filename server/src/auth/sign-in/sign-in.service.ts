import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ANONYMOUS, actorOf } from '../../access/principal.ts';
import { insertAuditEntry } from '../../audit/audit.queries.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { addressKey } from '../../rate-limits/address.ts';
import { consumeAttempt } from '../../rate-limits/attempts.writer.ts';
import { tryConsume } from '../../rate-limits/rate-limits.writer.ts';
import { findAccount, findAccountByEmail } from '../accounts/accounts.queries.ts';
import { signInAttemptsFrom, signInAttemptsOn, codeAttempts } from '../attempt-limits.ts';
import { BetterAuth, type SignInResult } from '../better-auth/better-auth.provider.ts';
import { readCookie, verifySignedCookie } from '../better-auth/cookies.ts';
import { hashIdentifier } from '../better-auth/verification-identifiers.ts';
import { findVerification } from '../better-auth/verifications.queries.ts';
import { claimTotpCode, deleteExpiredTotpCodes } from '../second-factor/second-factor.queries.ts';
import { deleteSessionByToken } from '../sessions/sessions.queries.ts';
import { findPasswordHash, listKnownAddresses, lockAccountForSignIn } from './sign-in.queries.ts';
import type { SecondFactor, SignIn } from './sign-in.schema.ts';

/** Decides who becomes signed in. Whatever it refuses looks and takes the same: which part was wrong is not said. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly betterAuth: BetterAuth,
  ) {}

  /** @returns the account, or what the second step may be, with the cookies that go with it */
  async signIn({ email, password }: SignIn, visit: RequestContext) {
    // Where nothing is left, a password that nobody has is compared: all that follows is as for a wrong one.
    const tried = (await this.mayTry(email, visit)) ? password : randomBytes(24).toString('base64url');
    const [before] = await findPasswordHash(this.db, email);
    const outcome = await this.betterAuth
      .signInWith(visit, {}, (api, headers) =>
        api.signInEmail({ body: { email, password: tried }, headers, returnHeaders: true }),
      )
      .then((found) => this.assertUnchanged(found, email, before?.hash, false))
      .catch((error: unknown) => this.refused(error, email, visit));
    if (outcome.token === undefined) return { cookies: outcome.cookies, secondFactor: ['totp', 'recovery'] as const };
    return this.welcome(outcome, visit);
  }

  /** @throws Problem `invalid_credentials` for a wrong code, one used before, and without a challenge that is still good */
  async secondFactor(body: SecondFactor, visit: RequestContext) {
    const challenge = readCookie(visit.cookies, this.betterAuth.cookies.challenge);
    const identifier = verifySignedCookie(challenge, await this.betterAuth.secret());
    const [promise] = identifier === undefined ? [] : await findVerification(this.db, hashIdentifier(identifier));
    if (!promise) throw new Problem('invalid_credentials', 'Sign in with the password again.');
    await consumeAttempt(this.db, codeAttempts(promise.accountId));
    const [before] = await findPasswordHash(this.db, promise.email);
    const outcome = await this.verifyCode(body, visit, challenge)
      .then((found) => this.assertUnchanged(found, promise.email, before?.hash, true))
      .catch(async (error: unknown) => {
        await this.note('second_factor.refused', promise.accountId, visit);
        throw error;
      });
    await this.assertFirstUse(body, promise.accountId, outcome, visit);
    return this.welcome(outcome, visit);
  }

  private verifyCode({ code, recoveryCode = '' }: SecondFactor, visit: RequestContext, challenge: string | undefined) {
    // Without the session cookie: better-auth would take the code as one of that session, not of this challenge.
    return this.betterAuth.signInWith(visit, { challenge }, (api, headers) =>
      code === undefined
        ? api.verifyBackupCode({ body: { code: recoveryCode }, headers, returnHeaders: true })
        : api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
    );
  }

  /** Two may come with one code: it is good for whoever claims it, and the other's session goes before it is known. */
  private async assertFirstUse(
    { code }: SecondFactor,
    accountId: number,
    { token = '' }: SignInResult,
    visit: RequestContext,
  ) {
    await deleteExpiredTotpCodes(this.db, accountId);
    const [claimed] = code === undefined ? [{}] : await claimTotpCode(this.db, accountId, code);
    if (claimed) return;
    await deleteSessionByToken(this.db, token);
    await this.note('second_factor.refused', accountId, visit);
    throw new Problem('invalid_credentials');
  }

  /** The session that the visitor came with, if any, ends: none is taken over, none is left behind (ASVS 7.2.4). */
  private async welcome({ token = '', accountId, cookies }: SignInResult, visit: RequestContext) {
    const before = verifySignedCookie(
      readCookie(visit.cookies, this.betterAuth.cookies.session),
      await this.betterAuth.secret(),
    );
    if (before !== undefined && before !== token) await deleteSessionByToken(this.db, before);
    await this.note('session.create', accountId, visit);
    const [account] = await findAccount(this.db, accountId);
    if (!account) throw new Problem('invalid_credentials');
    return { cookies, account };
  }

  /**
   * What was changed while somebody signed in has ended the sessions that there were by then, and not this one: a password
   * changed while it was compared was the old one, a second factor turned on was not asked for and one turned off is good
   * for nothing, a suspension came too late.
   */
  private async assertUnchanged(
    outcome: SignInResult,
    email: string,
    before: string | null | undefined,
    complete: boolean,
  ) {
    const [now] = await lockAccountForSignIn(this.db, email);
    const asOwed = outcome.token === undefined || now?.secondFactor === complete;
    if (now && now.hash === before && !now.suspendedAt && asOwed) return outcome;
    if (outcome.token !== undefined) await deleteSessionByToken(this.db, outcome.token);
    throw new Problem('invalid_credentials');
  }

  /**
   * Too many tries on an account are refused as a wrong password is, without a look at the one that came. A 429 would tell
   * of an account: a place that is known to it has a count of its own, so that its neighbours would get a 401 where those
   * who ask for nobody get the 429. To give nobody such places, too, lost: they would have to be the same ones for months.
   * Only what does not depend on the account, the tries from one network, answers 429.
   */
  private async mayTry(email: string, { address }: RequestContext): Promise<boolean> {
    await consumeAttempt(this.db, signInAttemptsFrom(address));
    const { rows } = await listKnownAddresses(this.db, email);
    const here = addressKey(address);
    const known = rows.some((row) => addressKey(row.address) === here);
    const { key, limit } = signInAttemptsOn(email, address, known);
    return (await tryConsume(this.db, key, limit)) === null;
  }

  private async refused(error: unknown, email: string, visit: RequestContext): Promise<never> {
    if (!(error instanceof Problem)) throw error;
    // Nothing that was typed goes into the log: people type their password where the address belongs.
    const [account] = await findAccountByEmail(this.db, email);
    await this.note('session.refused', account?.id ?? null, visit);
    throw error;
  }

  /** Who acts is the account itself where the deed was done, and nobody in particular where it was refused. */
  private note(action: string, accountId: number | null, { address }: RequestContext) {
    const actor = actorOf({ ...ANONYMOUS, address, accountId: action.endsWith('.refused') ? null : accountId });
    return insertAuditEntry(this.db, actor, { action, subject: 'account', subjectId: accountId });
  }
}
