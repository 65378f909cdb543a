import ipaddr from 'ipaddr.js';
import pg from 'pg';
import { z } from 'zod';
import { DEFAULT_BODY_LIMIT_BYTES, DEFAULT_MAX_IDS } from './http/request-limits.ts';

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`);

const postgresUrl = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:\/\/./.test(value) && isValidForDriver(value),
    'must be a URL such as postgres://user:password@host:5432/database',
  );

/** Validates with the driver, which accepts more than URLs: sockets, and users without a host. Does not connect. */
function isValidForDriver(connectionString: string): boolean {
  try {
    void new pg.Client({ connectionString });
    return true;
  } catch {
    return false;
  }
}

const publicUrl = z
  .string()
  .refine(
    (value) =>
      /^https?:$/.test(URL.parse(value)?.protocol ?? '') && URL.parse(value)?.origin === value.replace(/\/$/, ''),
    'must be an http:// or https:// URL without a path',
  )
  .transform((value) => value.replace(/\/$/, ''));

const smtpUrl = z
  .string()
  .refine(
    (value) => /^smtps?:$/.test(URL.parse(value)?.protocol ?? ''),
    'must be a URL such as smtps://user:password@host:465',
  );
/** A comma-separated list; spaces around the commas are ignored. */
const commaSeparated = (isValid: (value: string) => boolean, message: string) =>
  z
    .string()
    .transform((value) => value.split(',').map((each) => each.trim()))
    .refine((values) => values.every(isValid), message);

const isOrigin = (value: string) =>
  /^https?:$/.test(URL.parse(value)?.protocol ?? '') && URL.parse(value)?.origin === value;

/** `loopback`, an address or a range. IPv4 needs all four numbers, and `/0` is refused because it would trust everybody. */
function isProxy(value: string): boolean {
  if (value === 'loopback') return true;
  if (!value.includes('/')) return ipaddr.IPv4.isValidFourPartDecimal(value) || ipaddr.IPv6.isValid(value);
  const isRange = ipaddr.IPv4.isValidCIDRFourPartDecimal(value) || ipaddr.IPv6.isValidCIDR(value);
  return isRange && ipaddr.parseCIDR(value)[1] > 0;
}

/** The lowest N that OWASP recommends with r=8 and p=3. */
const MIN_PRODUCTION_HASH_COST = 15;

/**
 * All settings: the name of the environment variable, the default and the validation. Nothing else reads the environment.
 * A test compares the table in docs/configuration.md with this list.
 */
export const SETTINGS = {
  PORT: wholeNumber(0, 65535).default(3000),
  HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL: wholeNumber(1, 1000).default(10),
  PREPARED_STATEMENTS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  PIPELINING: z.enum(['on', 'off'], 'must be on or off').default('on'),
  STATEMENT_TIMEOUT_MS: wholeNumber(1, 3_600_000).default(10_000),
  LOCK_TIMEOUT_MS: wholeNumber(1, 3_600_000).default(5_000),
  EXPENSIVE_LIST_MS: wholeNumber(0, 3_600_000).default(50),
  MAX_LIST_MS: wholeNumber(1, 3_600_000).default(2_000),
  REQUEST_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(30_000),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 600_000).default(10_000),
  BODY_LIMIT_BYTES: wholeNumber(1_000, 1_000_000_000).default(DEFAULT_BODY_LIMIT_BYTES),
  MAX_IDS: wholeNumber(1, 100_000).default(DEFAULT_MAX_IDS),
  RATE_LIMIT: wholeNumber(0, 60_000).default(0),
  REQUIRE_IF_MATCH: z.enum(['true', 'false'], 'must be true or false').default('false'),
  RUBRIC_DATA: z.string().min(1, 'must not be empty').default('.rubric'),
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('development'),
  PASSWORD_HASH_COST: wholeNumber(1, 20).default(15),
  AUTH_SECRET: z.string().min(32, 'must be at least 32 characters long').optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+@[^\r\n]+$/, 'must contain an email address')
    .optional(),
  PUBLIC_URL: publicUrl.optional(),
  TRUST_PROXY: commaSeparated(
    isProxy,
    'must be loopback, addresses or ranges such as 10.0.0.0/8, separated by commas',
  ).optional(),
  CORS_ORIGINS: commaSeparated(
    isOrigin,
    'must be origins such as https://www.example.org, separated by commas',
  ).optional(),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
} as const;

export interface Config {
  port: number;
  host: string;
  database: {
    /** If absent, the embedded PostgreSQL in `dataDirectory` is used. */
    url: string | undefined;
    poolSize: number;
    statementTimeoutMs: number;
    lockTimeoutMs: number;
    /** The statement timeout of expensive lists, which are not started if they are estimated to take longer. */
    expensiveTimeoutMs: number;
    /** Off for a PgBouncer older than 1.21 in transaction mode. */
    prepare: boolean;
    /** Whether fast reads share connections; off leaves pg as it is, see database/driver/README.md. */
    pipeline: boolean;
  };
  dataDirectory: string;
  limits: {
    bodyBytes: number;
    ids: number;
    /** Estimated milliseconds from which a list is expensive, see bounded-reads/. */
    expensiveListMs: number;
    requestTimeoutMs: number;
    shutdownTimeoutMs: number;
    /** Per IP address, account and token; 0 means unlimited. */
    requestsPerMinute: number;
  };
  /** Whether a change of an article, a category or a link needs `If-Match`. */
  requireIfMatch: boolean;
  logLevel: string;
  isProduction: boolean;
  /** log2 of the scrypt parameter N for new password hashes. Each step doubles their time and memory. */
  passwordHashCost: number;
  /** Signs cookies and encrypts second factors. If absent, a generated secret is stored in the database. */
  authSecret: string | undefined;
  /** If absent, mail is written to the log; in production, requests that send mail fail. */
  mail: { smtpUrl: string; from: string } | undefined;
  /** The public URL of this server, without a trailing slash. If absent, links use the host of the request. */
  publicUrl: string | undefined;
  /** Proxies whose `X-Forwarded-*` headers are trusted: addresses, ranges and `loopback`. */
  trustedProxies: string[];
  /** Origins whose pages can send requests from a browser, with session cookies. */
  corsOrigins: string[];
}

/** The injection token of the settings. */
export const CONFIG = Symbol('config');

/** Thrown for an invalid setting; the message names the setting. */
export class ConfigError extends Error {}

/** Reads the settings. An empty value counts as absent, because shells and compose files set it that way. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const values = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, environment[name] || undefined]));
  const result = z.object(SETTINGS).safeParse(values);
  if (!result.success)
    throw new ConfigError(result.error.issues.map((issue) => describeIssue(issue, values)).join('\n'));
  const env = result.data;
  assertMailSettings(env);
  assertPasswordHashCost(env);
  return {
    port: env.PORT,
    host: env.HOST,
    database: {
      url: env.DATABASE_URL,
      poolSize: env.DATABASE_POOL,
      statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
      lockTimeoutMs: env.LOCK_TIMEOUT_MS,
      expensiveTimeoutMs: env.MAX_LIST_MS,
      prepare: env.PREPARED_STATEMENTS === 'on',
      pipeline: env.PIPELINING === 'on',
    },
    dataDirectory: env.RUBRIC_DATA,
    limits: {
      bodyBytes: env.BODY_LIMIT_BYTES,
      ids: env.MAX_IDS,
      expensiveListMs: env.EXPENSIVE_LIST_MS,
      requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
      shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
      requestsPerMinute: env.RATE_LIMIT,
    },
    requireIfMatch: env.REQUIRE_IF_MATCH === 'true',
    logLevel: env.LOG_LEVEL,
    isProduction: env.NODE_ENV === 'production',
    passwordHashCost: env.PASSWORD_HASH_COST,
    authSecret: env.AUTH_SECRET,
    mail: env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : undefined,
    publicUrl: env.PUBLIC_URL,
    trustedProxies: env.TRUST_PROXY ?? [],
    corsOrigins: env.CORS_ORIGINS ?? [],
  };
}

/** Sending mail requires a sender and PUBLIC_URL: links in mail must not use the host that a request claims. */
function assertMailSettings({ SMTP_URL, MAIL_FROM, PUBLIC_URL }: z.output<z.ZodObject<typeof SETTINGS>>) {
  if (SMTP_URL && !MAIL_FROM) throw new ConfigError('The setting SMTP_URL requires MAIL_FROM, the sender of the mail.');
  if (SMTP_URL && !PUBLIC_URL)
    throw new ConfigError('The setting SMTP_URL requires PUBLIC_URL, the URL for links in mail.');
}

/** Only development and tests can choose cheaper hashes, see `auth/passwords/password-hash.ts`. */
function assertPasswordHashCost({ NODE_ENV, PASSWORD_HASH_COST }: z.output<z.ZodObject<typeof SETTINGS>>) {
  if (NODE_ENV === 'production' && PASSWORD_HASH_COST < MIN_PRODUCTION_HASH_COST) {
    throw new ConfigError(
      `The setting PASSWORD_HASH_COST must be at least ${MIN_PRODUCTION_HASH_COST} in production, but is "${PASSWORD_HASH_COST}".`,
    );
  }
}

/** Settings that contain secrets; error messages do not show their values. */
const SECRET_SETTINGS: readonly string[] = [
  'DATABASE_URL',
  'SMTP_URL',
  'AUTH_SECRET',
] satisfies (keyof typeof SETTINGS)[];

function describeIssue(issue: z.core.$ZodIssue, values: Record<string, string | undefined>) {
  const name = String(issue.path[0]);
  const value = SECRET_SETTINGS.includes(name) ? '' : `, but is ${JSON.stringify(values[name])}`;
  return `The setting ${name} ${issue.message}${value}.`;
}
