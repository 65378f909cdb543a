import { randomBytes } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { isAPIError } from 'better-auth/api';
import { CONFIG, type Config } from '../../config.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { Problem } from '../../http/problems.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { CLIENT_ADDRESS_HEADER, type Auth, createBetterAuth, PASSWORD_RESET_LIFETIME_S } from './better-auth-options.provider.ts';
import { type CookieNames, cookieNames, keepOwnCookies, readCookie, verifySignedCookie } from './cookies.ts';
import { findSecret, insertSecret } from './better-auth.queries.ts';
import { PASSWORD_RESET_PREFIX } from './verification-identifiers.ts';

export interface SignInResult {
  /** Of the new session; undefined where a second factor is due. */
  token: string | undefined;
  accountId: number;
  cookies: string[];
}

/**
 * better-auth, which keeps passwords, sessions and second factors. Only its functions are used: its own HTTP handler is
 * not mounted, so that every request goes through our guard, pipes and filter.
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
   * Calls better-auth on behalf of a visitor.
   *
   * @param cookies of the visitor's cookies, those that it shall see
   * @param refusal thrown for whatever it refuses; which part of it was wrong is not said
   */
  async call<T>(
    visit: RequestContext,
    cookies: Partial<CookieNames>,
    work: (api: Auth['api'], headers: Headers) => Promise<T>,
    refusal: Problem = new Problem('invalid_credentials'),
  ): Promise<T> {
    const { auth } = await this.start();
    try {
      return await work(auth.api, this.headers(visit, cookies));
    } catch (error) {
      throw translateError(error, refusal);
    }
  }

  /** The same for what signs somebody in or gives them another session. */
  async signInWith(
    visit: RequestContext,
    cookies: Partial<CookieNames>,
    work: (api: Auth['api'], headers: Headers) => Promise<{ headers: Headers; response: object | null }>,
    refusal?: Problem,
  ): Promise<SignInResult> {
    const { headers, response } = await this.call(visit, cookies, work, refusal);
    const { user } = (response ?? {}) as { user?: { id: string } };
    const set = keepOwnCookies(headers.getSetCookie(), this.cookies);
    const [session] = set.map((line) => readCookie(line, this.cookies.session)).filter((value) => value !== undefined);
    return { token: verifySignedCookie(session, await this.secret()), accountId: Number(user?.id), cookies: set };
  }

  /** The session cookie that a visitor sent: all of their cookies that better-auth sees. */
  sessionCookieOf({ cookies }: RequestContext): Partial<CookieNames> {
    return { session: readCookie(cookies, this.cookies.session) };
  }

  /** Takes the cookies away from the browser. */
  expiredCookies(): string[] {
    const secure = this.cookies.session.startsWith('__Host-') ? '; Secure' : '';
    return [this.cookies.session, this.cookies.challenge].map(
      (name) => `${name}=; Max-Age=0; Path=/; HttpOnly${secure}; SameSite=Lax`,
    );
  }

  /** @returns what a link to a new password carries; good once, for an hour */
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
    const pairs = [
      session !== undefined && `${this.cookies.session}=${session}`,
      challenge !== undefined && `${this.cookies.challenge}=${challenge}`,
    ].filter((pair) => pair !== false);
    return new Headers({ 'user-agent': userAgent, [CLIENT_ADDRESS_HEADER]: address, cookie: pairs.join('; ') });
  }

  /** On first use, since the secret may have to come from the database, which may be away for a while. */
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

/** Made up once and shared by all servers of the database. */
async function loadSecret(db: Database): Promise<string> {
  const name = 'auth';
  await insertSecret(db, name, randomBytes(32).toString('base64url'));
  const [secret] = await findSecret(db, name);
  if (!secret) throw new Error('the secret that was kept is gone');
  return secret.value;
}

/** What our hook refuses, better-auth takes for a defect of its own. */
const SESSION_REFUSED = 'FAILED_TO_CREATE_SESSION';

function translateError(error: unknown, refusal: Problem): unknown {
  if (!isAPIError(error)) return error;
  const { statusCode, body, cause } = error as Error & { statusCode: number; body?: { code?: string } };
  if (statusCode >= 500 && body?.code !== SESSION_REFUSED) return cause ?? error;
  return refusal;
}
