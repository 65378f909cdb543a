import { execFileSync } from 'node:child_process';
import type { Browser } from 'playwright-core';
import { BENCH } from '../options.ts';

export const ACCOUNT = { email: 'bench@rubric.example', password: 'as long as a sentence of a person' };

/** Creates the account with the command of Rubric. */
export function createAccount(databaseUrl: string): void {
  const command = [`${BENCH}../server/bin/rubric.js`, 'user', 'create', '--email', ACCOUNT.email, '--role', 'admin'];
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  execFileSync(process.execPath, command, { env, input: `${ACCOUNT.password}\n`, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Signs in to a server, whose API it then calls. */
export async function beginSession(browser: Browser, origin: string) {
  const context = await browser.newContext();
  const post = async (path: string, body: object): Promise<{ id: number }> => {
    const response = await context.request.post(origin + path, { data: body, headers: { origin } });
    if (!response.ok()) throw new Error(`POST ${path} responded with ${response.status()}: ${await response.text()}`);
    return (await response.json()) as { id: number };
  };
  await post('/sessions', ACCOUNT);
  return {
    /** Where a visitor with this session goes. */
    place: { browser, origin, cookies: await context.cookies() },
    /** @returns its id */
    createDraft: async (title: string, content: string): Promise<number> =>
      (await post('/articles', { title, content, publishedAt: null })).id,
  };
}
