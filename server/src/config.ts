import { isIP } from 'node:net';
import pg from 'pg';
import { z } from 'zod';

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`);

const postgresUrl = z
  .string()
  .refine(
    (value) => /^postgres(ql)?:\/\/./.test(value) && isReadable(value),
    'must be a URL such as postgres://user:password@host:5432/database',
  );

/** Asks the driver, which takes more than URLs: sockets, and users without a host. It does not connect yet. */
function isReadable(connectionString: string): boolean {
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
    'must be http:// or https:// and a host, without a path',
  )
  .transform((value) => value.replace(/\/$/, ''));

const smtpUrl = z
  .string()
  .refine(
    (value) => /^smtps?:$/.test(URL.parse(value)?.protocol ?? ''),
    'must be a URL such as smtps://user:password@host:465',
  );
/** Values with a comma between them, spaces around it or not. */
const listOf = (isOne: (value: string) => boolean, complaint: string) =>
  z
    .string()
    .transform((value) => value.split(',').map((each) => each.trim()))
    .refine((values) => values.every(isOne), complaint);

const isOrigin = (value: string) =>
  /^https?:$/.test(URL.parse(value)?.protocol ?? '') && URL.parse(value)?.origin === value;

function isProxy(value: string): boolean {
  const [address = '', bits, ...more] = value.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return value === 'loopback' || (more.length === 0 && most > 0 && (bits === undefined || isBits(bits, most)));
}
const isBits = (value: string, most: number) => /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= most;

/**
 * Every setting of Rubric: its name in the environment, its default and what it must look like. Nothing else reads the
 * environment. A test compares this list with the table in docs/configuration.md.
 */
export const SETTINGS = {
  PORT: wholeNumber(0, 65535).default(3000),
  HOST: z.string().min(1, 'must not be empty').default('127.0.0.1'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_POOL: wholeNumber(1, 1000).default(10),
  PREPARED_STATEMENTS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  PIPELINING: z.enum(['on', 'off'], 'must be on or off').default('on'),
  STATEMENT_TIMEOUT_MS: wholeNumber(1, 3_600_000).default(10_000),
  REQUEST_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(30_000),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 600_000).default(10_000),
  BODY_LIMIT_BYTES: wholeNumber(1_000, 1_000_000_000).default(1_048_576),
  MAX_IDS: wholeNumber(1, 100_000).default(1_000),
  RATE_LIMIT: wholeNumber(0, 60_000).default(0),
  RUBRIC_DATA: z.string().min(1, 'must not be empty').default('.rubric'),
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('development'),
  AUTH_SECRET: z.string().min(32, 'must be at least 32 characters long').optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+@[^\r\n]+$/, 'must be an e-mail address')
    .optional(),
  PUBLIC_URL: publicUrl.optional(),
  TRUST_PROXY: listOf(
    isProxy,
    'must be loopback, addresses or ranges such as 10.0.0.0/8, with commas between',
  ).optional(),
  CORS_ORIGINS: listOf(isOrigin, 'must be origins such as https://www.example.org, with commas between').optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a level of pino')
    .default('info'),
} as const;

export interface Config {
  port: number;
  host: string;
  database: {
    /** Absent: the embedded PostgreSQL in `dataDirectory`. */
    url: string | undefined;
    poolSize: number;
    statementTimeoutMs: number;
    /** Off for a PgBouncer older than 1.21 in transaction mode. */
    prepare: boolean;
    /** Whether fast reads share connections; off leaves pg as it is, see database/driver/README.md. */
    pipeline: boolean;
  };
  dataDirectory: string;
  limits: {
    bodyBytes: number;
    ids: number;
    requestTimeoutMs: number;
    shutdownTimeoutMs: number;
    /** For one address, one account and one token; 0: as many as they like. */
    requestsPerMinute: number;
  };
  logLevel: string;
  production: boolean;
  /** Signs cookies and encrypts second factors; absent: one that is kept in the database. */
  authSecret: string | undefined;
  /** Absent: mail is written to the log, or refused in production. */
  mail: { smtpUrl: string; from: string } | undefined;
  /** Where people find this server, without a closing slash; absent: where their request came to. */
  publicUrl: string | undefined;
  /** Whose word counts for where a request came from: addresses, ranges and `loopback`. */
  trustedProxies: string[];
  /** Whose pages may call from a browser, and with the cookies of a session. */
  corsOrigins: string[];
}

/** The token under which Nest injects the settings. */
export const CONFIG = Symbol('config');

/** Thrown for a setting that makes no sense; its message is a sentence that names it. */
export class ConfigError extends Error {}

/** Reads the settings; an empty value counts as absent, as shells and compose files write it. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, environment[name] || undefined]));
  const read = z.object(SETTINGS).safeParse(given);
  if (!read.success) throw new ConfigError(read.error.issues.map((issue) => sentence(issue, given)).join('\n'));
  const env = read.data;
  assertPossible(env);
  return {
    port: env.PORT,
    host: env.HOST,
    database: {
      url: env.DATABASE_URL,
      poolSize: env.DATABASE_POOL,
      statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
      prepare: env.PREPARED_STATEMENTS === 'on',
      pipeline: env.PIPELINING === 'on',
    },
    dataDirectory: env.RUBRIC_DATA,
    limits: {
      bodyBytes: env.BODY_LIMIT_BYTES,
      ids: env.MAX_IDS,
      requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
      shutdownTimeoutMs: env.SHUTDOWN_TIMEOUT_MS,
      requestsPerMinute: env.RATE_LIMIT,
    },
    logLevel: env.LOG_LEVEL,
    production: env.NODE_ENV === 'production',
    authSecret: env.AUTH_SECRET,
    mail: env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : undefined,
    publicUrl: env.PUBLIC_URL,
    trustedProxies: env.TRUST_PROXY ?? [],
    corsOrigins: env.CORS_ORIGINS ?? [],
  };
}

/** Links in a mail that leaves the machine must not lead where some request said that it was sent to. */
function assertPossible({ SMTP_URL, MAIL_FROM, PUBLIC_URL }: z.output<z.ZodObject<typeof SETTINGS>>) {
  if (SMTP_URL && !MAIL_FROM) throw new ConfigError('The setting SMTP_URL needs MAIL_FROM, the sender of the mail.');
  if (SMTP_URL && !PUBLIC_URL)
    throw new ConfigError('The setting SMTP_URL needs PUBLIC_URL, where links in mail lead.');
}

/** They hold secrets: what they are is not repeated. */
const SECRET: readonly string[] = ['DATABASE_URL', 'SMTP_URL', 'AUTH_SECRET'] satisfies (keyof typeof SETTINGS)[];

function sentence(issue: z.core.$ZodIssue, given: Record<string, string | undefined>) {
  const name = String(issue.path[0]);
  const value = SECRET.includes(name) ? '' : `, but is ${JSON.stringify(given[name])}`;
  return `The setting ${name} ${issue.message}${value}.`;
}
