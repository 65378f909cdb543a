import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { createApp } from '../../src/app.ts';
import { newToken } from '../../src/auth/tokens/token-format.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type Connection, connect } from '../../src/database/connection.ts';
import { ROLES, type Role } from '../../src/database/schema/enums.ts';
import { Client } from './client.ts';
import { databaseUrl } from './cluster.ts';

/**
 * The cheapest password hashes: with the default, scrypt takes half the CPU time of all tests. Limits that a slow machine does
 * not reach; tests of a limit set their own.
 */
export const TEST_SETTINGS = { PASSWORD_HASH_COST: '1', STATEMENT_TIMEOUT_MS: '120000', LOCK_TIMEOUT_MS: '120000' };

export interface TestServer {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** A connection to the database of the server. */
  database: Connection;
  databaseUrl: string;
  config: Config;
  /** Clients with a token of each role. */
  as: Record<Role, Client>;
  /** A client without a token. */
  anonymous: Client;
  close(): Promise<void>;
}

/** The only connection of a worker for these statements: a new backend costs as much CPU as the copy of the template. */
let administration: pg.Pool | undefined;

function administer(statement: string) {
  if (administration === undefined) {
    administration = new pg.Pool({
      connectionString: inject('clusterUrl'),
      max: 1,
      idleTimeoutMillis: 0,
      allowExitOnIdle: true,
    });
    // PostgreSQL ends the connection when it stops after the last test.
    administration.on('error', () => undefined);
  }
  return administration.query(statement);
}

/**
 * Clones the template database. By default PostgreSQL copies it through its buffers and the log of changes; it then takes
 * three times the CPU to create a database and to drop it.
 */
export async function cloneDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name} template rubric_template strategy file_copy`);
  return {
    url: databaseUrl(inject('clusterUrl'), name),
    drop: async () => void (await administer(`drop database ${name} with (force)`)),
  };
}

/**
 * Starts a server on a cloned database and a free port.
 *
 * @param environment settings that differ from the defaults
 * @param via maps the URL of the database to the one to connect to, for a proxy in between
 */
export async function startTestServer(
  environment: Record<string, string> = {},
  via: (url: string) => Promise<string> = (url) => Promise.resolve(url),
): Promise<TestServer> {
  const { url, drop } = await cloneDatabase();
  const config = readConfig({ ...TEST_SETTINGS, ...environment });
  const database = connect({ ...config.database, connectionString: await via(url) });
  const app = await createApp(config, database, false);
  const origin = await listen(app);
  const clients: [Role, Client][] = [];
  // One after the other: at once they would open a connection for each role.
  for (const role of ROLES) clients.push([role, new Client(origin, await insertTestToken(database.pool, role))]);
  return {
    url: origin,
    database,
    databaseUrl: url,
    config,
    as: Object.fromEntries(clients) as Record<Role, Client>,
    anonymous: new Client(origin),
    close: async () => {
      await app.close();
      await database.close();
      await drop();
    },
  };
}

/** @returns the origin */
async function listen(app: Awaited<ReturnType<typeof createApp>>): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
}

/** Starts another server on the database of a server, with a client of an editor. */
export async function startServerBeside({ databaseUrl, config }: Pick<TestServer, 'databaseUrl' | 'config'>) {
  const database = connect({ ...config.database, connectionString: databaseUrl });
  const app = await createApp(config, database, false);
  const origin = await listen(app);
  return {
    editor: new Client(origin, await insertTestToken(database.pool, 'editor')),
    close: async () => {
      await app.close();
      await database.close();
    },
  };
}

/** Starts a server before the tests of a file and closes it after them. */
export function useServer(environment: Record<string, string> = {}): TestServer {
  const server = {} as TestServer;
  beforeAll(async () => {
    Object.assign(server, await startTestServer(environment));
  });
  afterAll(() => server.close());
  return server;
}

/** Roles limited to their own articles: their tokens need an account. Other tokens belong to the installation. */
const ROLES_WITH_ACCOUNT: readonly Role[] = ['contributor', 'author'];

/** Creates a token of a role, without a request. */
export async function insertTestToken(database: pg.Pool | pg.Client, role: Role): Promise<string> {
  const { token, prefix, hash } = newToken();
  const account = ROLES_WITH_ACCOUNT.includes(role)
    ? await database.query('insert into accounts (name, email, role) values ($1, $2, $1) returning id', [
        role,
        `${role}@rubric.example`,
      ])
    : undefined;
  await database.query('insert into api_tokens (name, role, prefix, hash, account_id) values ($1, $1, $2, $3, $4)', [
    role,
    prefix,
    hash,
    account?.rows[0].id ?? null,
  ]);
  return token;
}
