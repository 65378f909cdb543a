import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { authors } from './authors.ts';
import {
  bytea,
  createdAt,
  foreignId,
  identityId,
  maxLength,
  notBlank,
  nowMs,
  oneOf,
  timestampMs,
  timestampText,
  updatedAt,
} from './columns.ts';
import { ROLES } from './enums.ts';
import { MAX } from './field-limits.ts';

/**
 * People who sign in. better-auth reads and writes `accounts`, `sessions`, `account_credentials`, `verifications` and
 * `two_factors`; it calls them user, session, account, verification and twoFactor, and the keys of their columns are its
 * names.
 */
export const accounts = pgTable(
  'accounts',
  {
    id: identityId(),
    name: text('name').notNull(),
    /** Lower case: one address is one account, in any spelling. */
    email: text('email').notNull(),
    emailVerified: boolean('email_verified').notNull().default(false),
    image: text('image'),
    role: text('role', { enum: ROLES }).notNull(),
    /** The author that this account writes as, its byline. */
    authorId: bigint('author_id', { mode: 'number' }),
    /** When set, the sessions and tokens of the account are rejected. */
    suspendedAt: timestampMs('suspended_at'),
    twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    foreignKey({ name: 'accounts_author_id_fkey', columns: [t.authorId], foreignColumns: [authors.id] }).onDelete(
      'set null',
    ),
    uniqueIndex('accounts_email_key').on(t.email),
    uniqueIndex('accounts_author_id_key').on(t.authorId),
    check('accounts_name_check', notBlank('name', MAX.name)),
    check('accounts_email_check', sql.raw(`email = lower(email) and char_length(email) <= ${MAX.email}`)),
    check('accounts_role_check', oneOf('role', ROLES)),
  ],
);

const accountForeignKey = (name: string, column: AnyPgColumn) =>
  foreignKey({ name, columns: [column], foreignColumns: [accounts.id] }).onDelete('cascade');

export const sessions = pgTable(
  'sessions',
  {
    id: identityId(),
    userId: foreignId('account_id'),
    token: text('token').notNull(),
    expiresAt: timestampMs('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    accountForeignKey('sessions_account_id_fkey', t.userId),
    uniqueIndex('sessions_token_key').on(t.token),
    index('sessions_account_id_idx').on(t.userId),
  ],
);

/** The credentials of an account: always a password, as a scrypt hash. */
export const accountCredentials = pgTable(
  'account_credentials',
  {
    id: identityId(),
    userId: foreignId('account_id'),
    accountId: text('external_id').notNull(),
    providerId: text('provider').notNull(),
    issuer: text('issuer'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: timestampMs('access_token_expires_at'),
    refreshTokenExpiresAt: timestampMs('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    accountForeignKey('account_credentials_account_id_fkey', t.userId),
    uniqueIndex('account_credentials_key').on(t.userId, t.providerId),
  ],
);

/** Short-lived verifications: a password reset, or a sign-in that waits for its second factor. */
export const verifications = pgTable(
  'verifications',
  {
    id: identityId(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: timestampMs('expires_at').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('verifications_identifier_idx').on(t.identifier)],
);

/** Second factors. The secret and the recovery codes are encrypted with AUTH_SECRET. */
export const twoFactors = pgTable(
  'two_factors',
  {
    id: identityId(),
    userId: foreignId('account_id'),
    secret: text('secret').notNull(),
    backupCodes: text('backup_codes').notNull(),
    verified: boolean('verified').notNull().default(true),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: timestampMs('locked_until'),
  },
  (t) => [
    accountForeignKey('two_factors_account_id_fkey', t.userId),
    uniqueIndex('two_factors_account_id_key').on(t.userId),
  ],
);

/** Codes of second factors that were used: each is valid once. Rows are kept for as long as a code could be valid. */
export const usedTotpCodes = pgTable(
  'used_totp_codes',
  {
    accountId: foreignId('account_id'),
    code: text('code').notNull(),
    usedAt: timestampMs('used_at').notNull().default(nowMs),
  },
  (t) => [
    primaryKey({ name: 'used_totp_codes_pkey', columns: [t.accountId, t.code] }),
    accountForeignKey('used_totp_codes_account_id_fkey', t.accountId),
  ],
);

/** Invitations to create an account. The link contains a secret; the row holds its SHA-256. */
export const invitations = pgTable(
  'invitations',
  {
    id: identityId(),
    email: text('email').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    authorId: bigint('author_id', { mode: 'number' }),
    /** The admin who invited. Deleting that account deletes the invitation; null when a token of the installation invited. */
    invitedBy: bigint('invited_by', { mode: 'number' }),
    hash: bytea('hash').notNull(),
    createdAt: createdAt(),
    expiresAt: timestampMs('expires_at').notNull(),
    acceptedAt: timestampMs('accepted_at'),
  },
  (t) => [
    foreignKey({ name: 'invitations_author_id_fkey', columns: [t.authorId], foreignColumns: [authors.id] }).onDelete(
      'set null',
    ),
    accountForeignKey('invitations_invited_by_fkey', t.invitedBy),
    uniqueIndex('invitations_hash_key').on(t.hash),
    uniqueIndex('invitations_open_key').on(t.email).where(sql`accepted_at is null`),
    index('invitations_invited_by_idx').on(t.invitedBy),
    check('invitations_email_check', maxLength('email', MAX.email)),
    check('invitations_role_check', oneOf('role', ROLES)),
    check('invitations_hash_check', sql`octet_length(hash) = 32`),
  ],
);

/** API tokens, `rubric_<prefix>_<secret>`: the prefix finds the row, which holds only the SHA-256 of the secret. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    id: identityId(),
    name: text('name').notNull(),
    role: text('role', { enum: ROLES }).notNull(),
    /** The owner. Deleting the account deletes the token; null for a token of the installation. */
    accountId: bigint('account_id', { mode: 'number' }),
    readOnly: boolean('read_only').notNull().default(false),
    /** When set, the token is limited to articles in these categories. */
    categoryIds: bigint('category_ids', { mode: 'number' }).array(),
    prefix: text('prefix').notNull(),
    hash: bytea('hash').notNull(),
    createdAt: createdAt(),
    expiresAt: timestampMs('expires_at'),
    revokedAt: timestampMs('revoked_at'),
    /** To the hour: a use within the hour does not write. */
    lastUsedAt: timestampMs('last_used_at'),
  },
  (t) => [
    accountForeignKey('api_tokens_account_id_fkey', t.accountId),
    uniqueIndex('api_tokens_prefix_key').on(t.prefix),
    index('api_tokens_account_id_idx').on(t.accountId),
    check('api_tokens_name_check', notBlank('name', MAX.name)),
    check('api_tokens_role_check', oneOf('role', ROLES)),
    check('api_tokens_hash_check', sql`octet_length(hash) = 32`),
    check('api_tokens_category_ids_check', sql`category_ids <> '{}'`),
  ],
);

/**
 * The choices of users in front ends, such as a theme. Rubric does not interpret them. `json` stores them as sent, also a
 * NUL in a text, which `jsonb` rejects.
 */
export const accountPreferences = pgTable(
  'account_preferences',
  {
    accountId: bigint('account_id', { mode: 'number' }).primaryKey(),
    values: json('values').$type<object>().notNull(),
    version: integer('version').notNull().default(1),
    updatedAt: timestampText('updated_at').notNull().default(nowMs),
  },
  (t) => [
    accountForeignKey('account_preferences_account_id_fkey', t.accountId),
    check('account_preferences_values_check', sql.raw(`octet_length("values"::text) <= ${MAX.preferences}`)),
  ],
);

/** Secrets that the installation generated and must not lose, such as the key that signs cookies. */
export const secrets = pgTable('secrets', { name: text('name').primaryKey(), value: text('value').notNull() });
