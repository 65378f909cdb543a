import { expect } from 'vitest';
import { hashPassword } from '../../src/auth/passwords/password-hash.ts';
import type { Role } from '../../src/database/schema/enums.ts';
import { Client, type TestResponse } from './client.ts';
import type { TestServer } from './server.ts';

/** The default password of test accounts. */
export const PASSWORD = 'a sentence that only she would say';
/** The hashes of `PASSWORD`, by cost. */
const hashes = new Map<number, Promise<string>>();

/** Sends requests as a browser on a page of the server does: with its cookies and an `Origin` header. */
export class BrowserClient extends Client {
  readonly cookies = new Map<string, string>();

  override async call(method: string, path: string, body?: unknown, options: Parameters<Client['call']>[3] = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { origin: this.origin, ...(cookie && { cookie }), ...options.headers };
    const response = await super.call(method, path, body, { headers });
    this.storeCookies(response);
    return response;
  }

  private storeCookies({ headers }: TestResponse) {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/; max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

let count = 0;

export interface TestAccount {
  id: number;
  email: string;
}

/** Inserts an account with `PASSWORD`, unless another password is given. */
export async function newAccount(server: TestServer, role: Role, password?: string): Promise<TestAccount> {
  count += 1;
  const cost = server.config.passwordHashCost;
  if (!hashes.has(cost)) hashes.set(cost, hashPassword(PASSWORD, cost));
  const hash = password === undefined ? hashes.get(cost) : hashPassword(password, cost);
  const email = `${role}-${count}@rubric.example`;
  const { rows } = await server.database.pool.query(
    `with account as (insert into accounts (name, email, role) values ($1, $2, $1) returning id)
     insert into account_credentials (account_id, external_id, provider, password)
     select id, id::text, 'credential', $3 from account returning account_id::int as id`,
    [role, email, await hash],
  );
  return { id: rows[0].id, email };
}

/** Resets all rate limits. */
export const resetRateLimits = (server: TestServer) => server.database.pool.query('delete from rate_limits');

/** Signs in with the given account, or with a new account of the given role. */
export async function signIn(server: TestServer, as: Role | TestAccount): Promise<BrowserClient & { account: any }> {
  const { email } = typeof as === 'string' ? await newAccount(server, as) : as;
  await resetRateLimits(server);
  const person = new BrowserClient(server.url);
  const response = await person.post('/sessions', { email, password: PASSWORD });
  expect(response.status, JSON.stringify(response.body)).toBe(201);
  return Object.assign(person, { account: response.body });
}

/** Runs `change` while a sign-in waits right before inserting its session. @returns the response to the sign-in */
export async function duringSignIn(
  { database: { pool } }: TestServer,
  start: () => Promise<TestResponse>,
  change: () => Promise<unknown>,
): Promise<TestResponse> {
  await pool.query(`create function wait_here() returns trigger language plpgsql as
    'begin perform pg_advisory_xact_lock(42); return new; end'`);
  await pool.query('create trigger wait_here before insert on sessions for each row execute function wait_here()');
  const connection = await pool.connect();
  await connection.query('select pg_advisory_lock(42)');
  const response = start();
  for (let waiting = 0; waiting === 0; ) {
    // pg_locks shows the locks of all databases, those of other test files included.
    waiting = (
      await pool.query(`select from pg_locks where locktype = 'advisory' and objid = 42 and not granted
        and database = (select oid from pg_database where datname = current_database())`)
    ).rows.length;
  }
  await change();
  await connection.query('select pg_advisory_unlock(42)');
  connection.release();
  const result = await response;
  await pool.query('drop function wait_here cascade');
  return result;
}
