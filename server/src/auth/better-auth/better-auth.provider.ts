import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { isAPIError } from 'better-auth/api';
import { newSecret } from '../../access/secret.ts';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { findSecret, insertSecret } from './better-auth.queries.ts';
import {
  type Auth,
  CLIENT_ADDRESS_HEADER,
  createBetterAuth,
  PASSWORD_RESET_LIFETIME_S,
} from './better-auth-options.provider.ts';
import { type CookieNames, cookieNames, keepOwnCookies, readCookie, verifySignedCookie } from './cookies.ts';
import { PASSWORD_RESET_PREFIX } from './verification-identifiers.ts';

export interface SignInResult {
  /** The token of the new session. Undefined if a second factor is required first. */
  token: string | undefined;
  accountId: number;
  cookies: string[];
}

/**
 * Wraps better-auth, which manages passwords, sessions and second factors. It is used as a library: its HTTP handler is not
 * mounted, so every request passes our guards, pipes and filters.
 */
@Injectable()
export class BetterAuth {
  readonly cookies: CookieNames;
  private readonly logger = new Logger('BetterAuth');
  private started: Promise<{ auth: Auth; secret: string }> | undefined;

  constructor(
    @Inject(DATABASE) private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.cookies = cookieNames(config.publicUrl?.startsWith('https://') ?? false);
  }

  async secret(): Promise<string> {
    return (await this.start()).secret;
  }

  /**
   * Calls better-auth on behalf of a client.
   *
   * @param cookies the cookies of the client that better-auth is given
   * @param refusal thrown for every refusal, so that the response does not reveal the reason
   */
  async call<T>(
    context: RequestContext,
    cookies: Partial<CookieNames>,
    request: (api: Auth['api'], headers: Headers) => Promise<T>,
    refusal: Problem = new Problem('invalid_credentials'),
  ): Promise<T> {
    const { auth } = await this.start();
    try {
      return await request(auth.api, this.headers(context, cookies));
    } catch (error) {
      throw translateError(error, refusal);
    }
  }

  /** Calls better-auth like `call`, for requests that start a new session or a challenge. */
  async callForNewSession(
    context: RequestContext,
    cookies: Partial<CookieNames>,
    request: (api: Auth['api'], headers: Headers) => Promise<{ headers: Headers; response: object | null }>,
    refusal?: Problem,
  ): Promise<SignInResult> {
    const { headers, response } = await this.call(context, cookies, request, refusal);
    const { user } = (response ?? {}) as { user?: { id: string } };
    const setCookies = keepOwnCookies(headers.getSetCookie(), this.cookies);
    const [sessionCookie] = setCookies
      .map((line) => readCookie(line, this.cookies.session))
      .filter((value) => value !== undefined);
    const token = verifySignedCookie(sessionCookie, await this.secret());
    return { token, accountId: Number(user?.id), cookies: setCookies };
  }

  /** Returns the session cookie of a request, as the only cookie to pass to better-auth. */
  sessionCookieOf({ cookies }: RequestContext): Partial<CookieNames> {
    return { session: readCookie(cookies, this.cookies.session) };
  }

  /** Returns the `Set-Cookie` lines that delete our cookies in the browser. */
  expiredCookies(): string[] {
    const secure = this.cookies.session.startsWith('__Host-') ? '; Secure' : '';
    return [this.cookies.session, this.cookies.challenge].map(
      (name) => `${name}=; Max-Age=0; Path=/; HttpOnly${secure}; SameSite=Lax`,
    );
  }

  /** Creates the token of a password reset link. It works once and expires after one hour. */
  async createPasswordResetToken(accountId: number): Promise<string> {
    const { internalAdapter } = await (await this.start()).auth.$context;
    const token = randomBytes(24).toString('base64url');
    const expiresAt = new Date(Date.now() + PASSWORD_RESET_LIFETIME_S * 1_000);
    await internalAdapter.createVerificationValue({
      identifier: PASSWORD_RESET_PREFIX + token,
      value: String(accountId),
      expiresAt,
    });
    return token;
  }

  private headers({ address, userAgent }: RequestContext, { session, challenge }: Partial<CookieNames>): Headers {
    const cookiePairs = [
      session !== undefined && `${this.cookies.session}=${session}`,
      challenge !== undefined && `${this.cookies.challenge}=${challenge}`,
    ].filter((pair) => pair !== false);
    return new Headers({ 'user-agent': userAgent, [CLIENT_ADDRESS_HEADER]: address, cookie: cookiePairs.join('; ') });
  }

  /** Initializes better-auth on first use: the secret can come from the database, which can be unavailable at startup. */
  private start() {
    this.started ??= this.load().catch((error: unknown) => {
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  private async load() {
    const secret = this.config.authSecret ?? (await loadSecret(this.db));
    return { secret, auth: createBetterAuth(this.db, this.config, secret, this.cookies, this.logger) };
  }
}

/** Loads the secret that all servers of the database share, generating it the first time. */
async function loadSecret(db: Database): Promise<string> {
  const name = 'auth';
  await insertSecret(db, name, newSecret());
  const [secret] = await findSecret(db, name);
  if (!secret) throw new Error('the stored secret is missing');
  return secret.value;
}

/** The code of the 500 that better-auth reports if our `prepareSession` hook refuses a session. */
const SESSION_REFUSED = 'FAILED_TO_CREATE_SESSION';

function translateError(error: unknown, refusal: Problem): unknown {
  if (!isAPIError(error)) return error;
  const { statusCode, body, cause } = error as Error & { statusCode: number; body?: { code?: string } };
  if (statusCode >= 500 && body?.code !== SESSION_REFUSED) return cause ?? error;
  return refusal;
}
