import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, SETTINGS } from '../src/config.ts';

/** The sentence with which a configuration is refused. */
function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error(`taken: ${JSON.stringify(environment)}`);
}

test('Without any setting the defaults hold', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    database: { url: undefined, poolSize: 10, statementTimeoutMs: 10_000, prepare: true, pipeline: true },
    dataDirectory: '.rubric',
    limits: {
      bodyBytes: 1_048_576,
      ids: 1_000,
      requestTimeoutMs: 30_000,
      shutdownTimeoutMs: 10_000,
      requestsPerMinute: 0,
    },
    logLevel: 'info',
    production: false,
    authSecret: undefined,
    mail: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    corsOrigins: [],
  });
});

const TAKEN: [name: keyof typeof SETTINGS, value: string, read: object][] = [
  ['PORT', '0', { port: 0 }],
  ['PORT', '65535', { port: 65_535 }],
  ['HOST', '::', { host: '::' }],
  ['DATABASE_URL', 'postgres://u:p@db.example:6432/rubric?sslmode=verify-full', {}],
  ['DATABASE_URL', 'postgresql://u@/rubric?host=/var/run/postgresql', {}],
  ['DATABASE_URL', 'postgres://%2Fvar%2Frun%2Fpostgresql/rubric', {}],
  ['DATABASE_POOL', '1', { database: { poolSize: 1 } }],
  ['PREPARED_STATEMENTS', 'off', { database: { prepare: false } }],
  ['PIPELINING', 'off', { database: { pipeline: false } }],
  ['STATEMENT_TIMEOUT_MS', '250', { database: { statementTimeoutMs: 250 } }],
  ['REQUEST_TIMEOUT_MS', '5000', { limits: { requestTimeoutMs: 5_000 } }],
  ['SHUTDOWN_TIMEOUT_MS', '0', { limits: { shutdownTimeoutMs: 0 } }],
  ['BODY_LIMIT_BYTES', '5000000', { limits: { bodyBytes: 5_000_000 } }],
  ['MAX_IDS', '10', { limits: { ids: 10 } }],
  ['RATE_LIMIT', '600', { limits: { requestsPerMinute: 600 } }],
  ['PUBLIC_URL', 'https://api.example.org/', { publicUrl: 'https://api.example.org' }],
  ['TRUST_PROXY', 'loopback', { trustedProxies: ['loopback'] }],
  ['TRUST_PROXY', '10.0.0.0/8, 2001:db8::1', { trustedProxies: ['10.0.0.0/8', '2001:db8::1'] }],
  [
    'CORS_ORIGINS',
    'https://a.example,http://localhost:5173',
    { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
  ],
  ['RUBRIC_DATA', '/var/lib/rubric', { dataDirectory: '/var/lib/rubric' }],
  ['NODE_ENV', 'production', { production: true }],
  ['AUTH_SECRET', 'x'.repeat(32), { authSecret: 'x'.repeat(32) }],
  ['SMTP_URL', 'smtps://u:p@mail.example:465', { mail: { smtpUrl: 'smtps://u:p@mail.example:465' } }],
  ['MAIL_FROM', 'Rubric <rubric@rubric.example>', {}],
  ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
];
/** What a setting cannot be without. */
const COMPANIONS: Partial<Record<keyof typeof SETTINGS, Record<string, string>>> = {
  SMTP_URL: { MAIL_FROM: 'rubric@rubric.example', PUBLIC_URL: 'https://rubric.example' },
};

test.each(TAKEN)('%s may be %s', (name, value, read) => {
  const config = readConfig({ ...COMPANIONS[name], [name]: value });
  expect(config).toMatchObject(name === 'DATABASE_URL' ? { database: { url: value } } : read);
});

test('Each setting has a value here that is taken', () => {
  expect([...new Set(TAKEN.map(([name]) => name))].sort()).toEqual(Object.keys(SETTINGS).sort());
});

const REFUSED: [name: keyof typeof SETTINGS, value: string, because: string][] = [
  ['PORT', 'http', 'must be a whole number'],
  ['PORT', ' 3000', 'must be a whole number'],
  ['PORT', '3000.0', 'must be a whole number'],
  ['PORT', '0x50', 'must be a whole number'],
  ['PORT', '-1', 'must be a whole number'],
  ['PORT', '65536', 'must be from 0 to 65535'],
  ['PORT', '9'.repeat(400), 'must be a whole number'],
  ['DATABASE_POOL', '0', 'must be from 1 to 1000'],
  ['PREPARED_STATEMENTS', 'yes', 'must be on or off'],
  ['PREPARED_STATEMENTS', 'ON', 'must be on or off'],
  ['PIPELINING', '1', 'must be on or off'],
  ['STATEMENT_TIMEOUT_MS', '0', 'must be from 1 to 3600000'],
  ['STATEMENT_TIMEOUT_MS', '10s', 'must be a whole number'],
  ['REQUEST_TIMEOUT_MS', '99', 'must be from 100 to 3600000'],
  ['SHUTDOWN_TIMEOUT_MS', '600001', 'must be from 0 to 600000'],
  ['BODY_LIMIT_BYTES', '1MB', 'must be a whole number'],
  ['BODY_LIMIT_BYTES', '999', 'must be from 1000 to 1000000000'],
  ['MAX_IDS', '0', 'must be from 1 to 100000'],
  ['RATE_LIMIT', '60001', 'must be from 0 to 60000'],
  ['PUBLIC_URL', 'https://example.org/api', 'must be http:// or https:// and a host, without a path'],
  ['PUBLIC_URL', 'ftp://example.org', 'must be http:// or https:// and a host, without a path'],
  ...['true', '*', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.0/', '10.0.0', 'proxy.example', '1.2.3.4/8/8', 'loopback,'].map(
    (value): [keyof typeof SETTINGS, string, string] => [
      'TRUST_PROXY',
      value,
      'must be loopback, addresses or ranges such as 10.0.0.0/8, with commas between',
    ],
  ),
  ...['*', 'null', 'example.org', 'https://example.org/', 'https://EXAMPLE.org', 'ftp://example.org', 'https://a,'].map(
    (value): [keyof typeof SETTINGS, string, string] => [
      'CORS_ORIGINS',
      value,
      'must be origins such as https://www.example.org, with commas between',
    ],
  ),
  ['NODE_ENV', 'staging', 'must be development, test or production'],
  ['MAIL_FROM', 'nobody', 'must be an e-mail address'],
  ['MAIL_FROM', 'a@b.example\r\nBcc: c@d.example', 'must be an e-mail address'],
  ['LOG_LEVEL', 'loud', 'must be a level of pino'],
];

describe('A value that makes no sense is refused with a sentence that names the setting:', () => {
  test.each(REFUSED)('%s=%s', (name, value, because) => {
    expect(refusal({ [name]: value })).toBe(`The setting ${name} ${because}, but is ${JSON.stringify(value)}.`);
  });

  test('all of them at once', () => {
    expect(refusal({ PORT: 'x', MAX_IDS: 'y', LOG_LEVEL: 'z' }).split('\n')).toEqual([
      'The setting PORT must be a whole number, but is "x".',
      'The setting MAX_IDS must be a whole number, but is "y".',
      'The setting LOG_LEVEL must be a level of pino, but is "z".',
    ]);
  });

  test.each([
    'mysql://root:hunter2@db/x',
    'db.example',
    'postgres://',
    'postgres://u:hunter2@db:port/x',
    'POSTGRES:hunter2',
    'postgres://u:hunter2@[::/x',
  ])('DATABASE_URL=%s, but without what may be a password', (url) => {
    expect(refusal({ DATABASE_URL: url })).toBe(
      'The setting DATABASE_URL must be a URL such as postgres://user:password@host:5432/database.',
    );
  });
});

test.each(Object.keys(SETTINGS))('%s that is empty counts as absent', (name) => {
  expect(readConfig({ [name]: '' })).toEqual(readConfig({}));
});

test('What is none of ours is left alone', () => {
  expect(readConfig({ PATH: '/bin', DATABASE: 'x', port: '1', toString: 'x' })).toEqual(readConfig({}));
});

test.each([
  ['AUTH_SECRET', 'hunter2', 'must be at least 32 characters long'],
  ['SMTP_URL', 'http://u:hunter2@mail.example', 'must be a URL such as smtps://user:password@host:465'],
] as const)('%s is refused without what may be a secret', (name, value, because) => {
  expect(refusal({ [name]: value })).toBe(`The setting ${name} ${because}.`);
});

test('Mail that leaves needs a sender, and an address of this server that no request can choose', () => {
  const SMTP_URL = 'smtp://localhost';
  expect(refusal({ SMTP_URL })).toBe('The setting SMTP_URL needs MAIL_FROM, the sender of the mail.');
  const MAIL_FROM = 'rubric@rubric.example';
  expect(refusal({ SMTP_URL, MAIL_FROM })).toBe('The setting SMTP_URL needs PUBLIC_URL, where links in mail lead.');
});
