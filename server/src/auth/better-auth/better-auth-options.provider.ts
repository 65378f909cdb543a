import type { Logger } from '@nestjs/common';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { type BetterAuthOptions, betterAuth } from 'better-auth/minimal';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import { accountCredentials, accounts, sessions, twoFactors, verifications } from '../../database/schema/identity.ts';
import { MAX_PASSWORD, MIN_PASSWORD } from '../passwords/password.schema.ts';
import { hashPassword, verifyPassword } from '../passwords/password-hash.ts';
import { findSuspendedAccount } from './better-auth.queries.ts';
import type { CookieNames } from './cookies.ts';

const DAY_S = 86_400;
/** Sessions end after this time however much they are used (ASVS 7.3.2). Unused sessions end earlier, see `findSession`. */
const SESSION_LIFETIME_S = 30 * DAY_S;
export const PASSWORD_RESET_LIFETIME_S = 3_600;
const CHALLENGE_LIFETIME_S = 600;
/** Carries `request.ip` to better-auth. Headers of the client are not passed on, so clients cannot set it. */
export const CLIENT_ADDRESS_HEADER = 'x-rubric-address';

export type Auth = ReturnType<typeof createBetterAuth>;

/** Creates better-auth on our tables, with stricter options than its defaults. */
export function createBetterAuth(db: Database, config: Config, secret: string, cookies: CookieNames, logger: Logger) {
  return betterAuth({
    appName: 'Rubric',
    baseURL: config.publicUrl ?? 'http://localhost',
    secret,
    database: databaseAdapter(db),
    user: {
      additionalFields: {
        role: { type: 'string', input: false },
        authorId: { type: 'number', input: false, required: false },
        suspendedAt: { type: 'date', input: false, required: false },
      },
    },
    session: { expiresIn: SESSION_LIFETIME_S, disableSessionRefresh: true, cookieCache: { enabled: false } },
    // Stores only the SHA-256 of the identifiers of mailed links and challenges.
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: passwordOptions(config.passwordHashCost),
    // Our own limits slow down guessing, see attempt-limits.ts.
    plugins: [
      twoFactor({ issuer: 'Rubric', twoFactorCookieMaxAge: CHALLENGE_LIFETIME_S, accountLockout: { enabled: false } }),
    ],
    databaseHooks: {
      session: { create: { before: (session, context) => prepareSession(db, session, context?.headers) } },
    },
    advanced: advancedOptions(cookies),
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Drops the other arguments: they can contain secrets.
    logger: { level: 'error', log: (_level, message) => logger.error(message) },
  });
}

/**
 * Disables transactions: inside one, better-auth would take a second connection from the pool, and concurrent requests
 * that hold all connections would wait for each other forever.
 */
const databaseAdapter = (db: Database) =>
  drizzleAdapter(db, {
    provider: 'pg',
    transaction: false,
    schema: {
      user: accounts,
      session: sessions,
      account: accountCredentials,
      verification: verifications,
      twoFactor: twoFactors,
    },
  });

const passwordOptions = (hashCost: number) =>
  ({
    enabled: true,
    disableSignUp: true,
    // Our schemas count code points. better-auth counts UTF-16 units, up to two per code point.
    minPasswordLength: MIN_PASSWORD,
    maxPasswordLength: 2 * MAX_PASSWORD,
    password: { hash: (password) => hashPassword(password, hashCost), verify: verifyPassword },
    revokeSessionsOnPasswordReset: true,
  }) satisfies BetterAuthOptions['emailAndPassword'];

const advancedOptions = ({ session, challenge }: CookieNames) =>
  ({
    database: { generateId: 'serial' },
    useSecureCookies: false,
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: session.startsWith('__Host-') },
    cookies: { session_token: { name: session }, two_factor: { name: challenge } },
    ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
  }) satisfies BetterAuthOptions['advanced'];

/**
 * Runs before every insert of a session: refuses suspended accounts after either factor, and stores the complete client
 * address. Returning false makes better-auth fail with FAILED_TO_CREATE_SESSION.
 */
async function prepareSession<T extends { userId: string }>(db: Database, session: T, headers: Headers | undefined) {
  const [suspended] = await findSuspendedAccount(db, Number(session.userId));
  return suspended ? false : { data: { ...session, ipAddress: headers?.get(CLIENT_ADDRESS_HEADER) ?? null } };
}
