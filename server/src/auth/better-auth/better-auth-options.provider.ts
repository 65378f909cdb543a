import type { Logger } from '@nestjs/common';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { type BetterAuthOptions, betterAuth } from 'better-auth/minimal';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import { accountCredentials, accounts, sessions, twoFactors, verifications } from '../../database/schema/identity.ts';
import { MAX_PASSWORD, MIN_PASSWORD } from '../passwords/password.schema.ts';
import { hashPassword, verifyPassword } from '../passwords/password-hash.ts';
import type { CookieNames } from './cookies.ts';
import { findSuspendedAccount } from './better-auth.queries.ts';

const DAY_S = 86_400;
/** However much it is used, a session ends then (ASVS 7.3.2); when it is not, earlier, see `findSession`. */
const SESSION_LIFETIME_S = 30 * DAY_S;
export const PASSWORD_RESET_LIFETIME_S = 3_600;
const CHALLENGE_LIFETIME_S = 600;
/** Set by us alone, from `request.ip`. */
export const CLIENT_ADDRESS_HEADER = 'x-rubric-address';

export type Auth = ReturnType<typeof createBetterAuth>;

/** better-auth over our tables, and tighter than it is by itself. */
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
    // What a mailed link and a challenge are known by is kept as its SHA-256.
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: PASSWORD_OPTIONS,
    // Our own limits slow guessing down, see limits.ts.
    plugins: [twoFactor({ issuer: 'Rubric', twoFactorCookieMaxAge: CHALLENGE_LIFETIME_S, accountLockout: { enabled: false } })],
    databaseHooks: { session: { create: { before: (session, context) => prepareSession(db, session, context?.headers) } } },
    advanced: advancedOptions(cookies),
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // What it was told with a message may hold secrets.
    logger: { level: 'error', log: (_level, message) => logger.error(message) },
  });
}

/** Without transactions: inside one it would ask the pool for a second connection, and as many as it has wait for ever. */
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

const PASSWORD_OPTIONS = {
  enabled: true,
  disableSignUp: true,
  // The schemas count characters; here one may be two units long.
  minPasswordLength: MIN_PASSWORD,
  maxPasswordLength: 2 * MAX_PASSWORD,
  password: { hash: hashPassword, verify: verifyPassword },
  revokeSessionsOnPasswordReset: true,
} satisfies BetterAuthOptions['emailAndPassword'];

const advancedOptions = ({ session, challenge }: CookieNames) =>
  ({
    database: { generateId: 'serial' },
    useSecureCookies: false,
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: session.startsWith('__Host-') },
    cookies: { session_token: { name: session }, two_factor: { name: challenge } },
    ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
  }) satisfies BetterAuthOptions['advanced'];

/**
 * The only way to a session: nobody who is suspended gets past it, by whatever factor. Its address is the one that we
 * found out, whole.
 */
async function prepareSession<T extends { userId: string }>(db: Database, session: T, headers: Headers | undefined) {
  const [suspended] = await findSuspendedAccount(db, Number(session.userId));
  return suspended ? false : { data: { ...session, ipAddress: headers?.get(CLIENT_ADDRESS_HEADER) ?? null } };
}
