import { describe, expect, test } from 'vitest';
import { describeUnknownSettings } from '../src/cli/unknown-settings.ts';
import { ConfigError, readConfig, SETTINGS } from '../src/config.ts';

/** Returns the message of the ConfigError that these settings cause. */
function configError(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error(`no error for ${JSON.stringify(environment)}`);
}

test('Defaults apply when no setting is present', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    database: {
      url: undefined,
      poolSize: 10,
      statementTimeoutMs: 10_000,
      lockTimeoutMs: 5_000,
      expensiveTimeoutMs: 2_000,
      prepare: true,
      pipeline: true,
    },
    dataDirectory: '.rubric',
    limits: {
      bodyBytes: 1_048_576,
      ids: 1_000,
      expensiveListMs: 50,
      requestTimeoutMs: 30_000,
      shutdownTimeoutMs: 10_000,
      requestsPerMinute: 0,
    },
    requireIfMatch: false,
    logLevel: 'info',
    isProduction: false,
    passwordHashCost: 15,
    authSecret: undefined,
    mail: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    corsOrigins: [],
  });
});

const VALID: [name: keyof typeof SETTINGS, value: string, expected: object][] = [
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
  ['LOCK_TIMEOUT_MS', '250', { database: { lockTimeoutMs: 250 } }],
  ['EXPENSIVE_LIST_MS', '0', { limits: { expensiveListMs: 0 } }],
  ['MAX_LIST_MS', '500', { database: { expensiveTimeoutMs: 500 } }],
  ['REQUEST_TIMEOUT_MS', '5000', { limits: { requestTimeoutMs: 5_000 } }],
  ['SHUTDOWN_TIMEOUT_MS', '0', { limits: { shutdownTimeoutMs: 0 } }],
  ['BODY_LIMIT_BYTES', '5000000', { limits: { bodyBytes: 5_000_000 } }],
  ['MAX_IDS', '10', { limits: { ids: 10 } }],
  ['RATE_LIMIT', '600', { limits: { requestsPerMinute: 600 } }],
  ['REQUIRE_IF_MATCH', 'true', { requireIfMatch: true }],
  ['PUBLIC_URL', 'https://api.example.org/', { publicUrl: 'https://api.example.org' }],
  ['TRUST_PROXY', 'loopback', { trustedProxies: ['loopback'] }],
  ['TRUST_PROXY', '10.0.0.0/8, 2001:db8::1', { trustedProxies: ['10.0.0.0/8', '2001:db8::1'] }],
  [
    'CORS_ORIGINS',
    'https://a.example,http://localhost:5173',
    { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
  ],
  ['RUBRIC_DATA', '/var/lib/rubric', { dataDirectory: '/var/lib/rubric' }],
  ['NODE_ENV', 'production', { isProduction: true }],
  ['PASSWORD_HASH_COST', '1', { passwordHashCost: 1 }],
  ['PASSWORD_HASH_COST', '20', { passwordHashCost: 20 }],
  ['AUTH_SECRET', 'x'.repeat(32), { authSecret: 'x'.repeat(32) }],
  ['SMTP_URL', 'smtps://u:p@mail.example:465', { mail: { smtpUrl: 'smtps://u:p@mail.example:465' } }],
  ['MAIL_FROM', 'Rubric <rubric@rubric.example>', {}],
  ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
];
/** Other settings that a setting requires. */
const REQUIRED_TOGETHER: Partial<Record<keyof typeof SETTINGS, Record<string, string>>> = {
  SMTP_URL: { MAIL_FROM: 'rubric@rubric.example', PUBLIC_URL: 'https://rubric.example' },
};

test.each(VALID)('%s accepts %s', (name, value, expected) => {
  const config = readConfig({ ...REQUIRED_TOGETHER[name], [name]: value });
  expect(config).toMatchObject(name === 'DATABASE_URL' ? { database: { url: value } } : expected);
});

test('Every setting has at least one valid value in this test', () => {
  expect([...new Set(VALID.map(([name]) => name))].sort()).toEqual(Object.keys(SETTINGS).sort());
});

const INVALID: [name: keyof typeof SETTINGS, value: string, because: string][] = [
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
  ['EXPENSIVE_LIST_MS', '-1', 'must be a whole number'],
  ['MAX_LIST_MS', '0', 'must be from 1 to 3600000'],
  ['REQUEST_TIMEOUT_MS', '99', 'must be from 100 to 3600000'],
  ['SHUTDOWN_TIMEOUT_MS', '600001', 'must be from 0 to 600000'],
  ['BODY_LIMIT_BYTES', '1MB', 'must be a whole number'],
  ['BODY_LIMIT_BYTES', '999', 'must be from 1000 to 1000000000'],
  ['MAX_IDS', '0', 'must be from 1 to 100000'],
  ['RATE_LIMIT', '60001', 'must be from 0 to 60000'],
  ['REQUIRE_IF_MATCH', '1', 'must be true or false'],
  ['PUBLIC_URL', 'https://example.org/api', 'must be an http:// or https:// URL without a path'],
  ['PUBLIC_URL', 'ftp://example.org', 'must be an http:// or https:// URL without a path'],
  ...['true', '*', '10.0.0.0/33', '0.0.0.0/0', '10.0.0.0/', '10.0.0', 'proxy.example', '1.2.3.4/8/8', 'loopback,'].map(
    (value): [keyof typeof SETTINGS, string, string] => [
      'TRUST_PROXY',
      value,
      'must be loopback, addresses or ranges such as 10.0.0.0/8, separated by commas',
    ],
  ),
  ...['*', 'null', 'example.org', 'https://example.org/', 'https://EXAMPLE.org', 'ftp://example.org', 'https://a,'].map(
    (value): [keyof typeof SETTINGS, string, string] => [
      'CORS_ORIGINS',
      value,
      'must be origins such as https://www.example.org, separated by commas',
    ],
  ),
  ['NODE_ENV', 'staging', 'must be development, test or production'],
  ['PASSWORD_HASH_COST', '0', 'must be from 1 to 20'],
  ['PASSWORD_HASH_COST', '21', 'must be from 1 to 20'],
  ['MAIL_FROM', 'nobody', 'must contain an email address'],
  ['MAIL_FROM', 'a@b.example\r\nBcc: c@d.example', 'must contain an email address'],
  ['LOG_LEVEL', 'loud', 'must be fatal, error, warn, info, debug, trace or silent'],
];

describe('An invalid value is rejected with a message that names the setting:', () => {
  test.each(INVALID)('%s=%s', (name, value, because) => {
    expect(configError({ [name]: value })).toBe(`The setting ${name} ${because}, but is ${JSON.stringify(value)}.`);
  });

  test('all invalid settings at once', () => {
    expect(configError({ PORT: 'x', MAX_IDS: 'y', LOG_LEVEL: 'z' }).split('\n')).toEqual([
      'The setting PORT must be a whole number, but is "x".',
      'The setting MAX_IDS must be a whole number, but is "y".',
      'The setting LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent, but is "z".',
    ]);
  });

  test.each([
    'mysql://root:hunter2@db/x',
    'db.example',
    'postgres://',
    'postgres://u:hunter2@db:port/x',
    'POSTGRES:hunter2',
    'postgres://u:hunter2@[::/x',
  ])('DATABASE_URL=%s, without its value, which can contain a password', (url) => {
    expect(configError({ DATABASE_URL: url })).toBe(
      'The setting DATABASE_URL must be a URL such as postgres://user:password@host:5432/database.',
    );
  });
});

test.each(Object.keys(SETTINGS))('An empty %s counts as absent', (name) => {
  expect(readConfig({ [name]: '' })).toEqual(readConfig({}));
});

test('Other environment variables are ignored', () => {
  expect(readConfig({ PATH: '/bin', DATABASE: 'x', port: '1', toString: 'x' })).toEqual(readConfig({}));
});

test.each([
  ['AUTH_SECRET', 'hunter2', 'must be at least 32 characters long'],
  ['SMTP_URL', 'http://u:hunter2@mail.example', 'must be a URL such as smtps://user:password@host:465'],
] as const)('The message for %s does not contain its value, which can be a secret', (name, value, because) => {
  expect(configError({ [name]: value })).toBe(`The setting ${name} ${because}.`);
});

test('SMTP_URL requires a sender and a public URL, so links never use the host that a request claims', () => {
  const SMTP_URL = 'smtp://localhost';
  expect(configError({ SMTP_URL })).toBe('The setting SMTP_URL requires MAIL_FROM, the sender of the mail.');
  const MAIL_FROM = 'rubric@rubric.example';
  expect(configError({ SMTP_URL, MAIL_FROM })).toBe(
    'The setting SMTP_URL requires PUBLIC_URL, the URL for links in mail.',
  );
});

describe('describeUnknownSettings', () => {
  const names = Object.keys(SETTINGS);
  const describeAll = (environment: Record<string, string>) => describeUnknownSettings(environment, names);

  test.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_ULR', 'DATABASE_URL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['PROT', 'PORT'],
    ['PORTS', 'PORT'],
    ['RUBRIC_DATA_DIR', undefined],
    ['RUBRIC_DATE', 'RUBRIC_DATA'],
    ['RUBRIC_PORT', 'PORT'],
    ['RUBRIC_ANYTHING', undefined],
  ])('describes %s, and names %s if it is similar', (name, meant) => {
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
    expect(describeAll({ [name]: 'x' })).toEqual([
      `The environment variable ${name} is not a setting of Rubric and has no effect.${hint}`,
    ]);
  });

  test.each(['HOME', 'PATH', 'PWD', 'USER', 'HOSTNAME', 'NODE_OPTIONS', 'LANG', 'TERM', 'SMTP_PASSWORD', 'port'])(
    'ignores %s',
    (name) => {
      expect(describeAll({ [name]: 'x' })).toEqual([]);
    },
  );

  test('ignores settings, empty variables, and names close to a setting that is set', () => {
    expect(describeAll(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
    expect(describeAll({ DATABSE_URL: '' })).toEqual([]);
    expect(describeAll({ DATABASE_URL: 'x', DATABASE_URL2: 'y' })).toEqual([]);
  });
});

test('NODE_ENV=production refuses password hashes that are cheaper than the default', () => {
  const NODE_ENV = 'production';
  expect(configError({ NODE_ENV, PASSWORD_HASH_COST: '14' })).toBe(
    'The setting PASSWORD_HASH_COST must be at least 15 in production, but is "14".',
  );
  expect(readConfig({ NODE_ENV, PASSWORD_HASH_COST: '15' }).passwordHashCost).toBe(15);
});
