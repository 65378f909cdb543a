import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type Cookie, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { ServerProcess } from './server-process.ts';

export const PASSWORD = 'a sentence that only she would say';
export const ADMIN = { name: 'Maud Sailer', email: 'maud@rubric.example', password: PASSWORD };

interface PageOptions {
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** Whose session it has: that of the admin unless this says otherwise, `null` for nobody's. */
  cookies?: Cookie[] | null;
  /** Keeps the storage of another page, as a second tab does. */
  context?: BrowserContext;
}

export interface Site {
  readonly server: ServerProcess;
  /** Calls the API as the admin. */
  api: (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<any>;
  /** Creates an account by invitation, and returns its session. */
  signedIn: (email: string, role: string) => Promise<Cookie[]>;
  /** Opens a page of the site, by its path below /admin. */
  open: (path: string, options?: PageOptions) => Promise<Page>;
}

/** Ends a wait that would last forever; leaves room for a slow machine. */
const LIMIT_MS = 60_000;

/** What the browser itself says about an answer that is an error; the test says whether it should have been. */
const ABOUT_ANSWERS = /Failed to load resource|net::ERR/;

/**
 * Starts a server on an empty database, and a browser. Any error in the console of a page fails the test: a violated
 * Content-Security-Policy is one.
 */
export function useSite(settings: Record<string, string> = {}): Site {
  const folder = mkdtempSync(join(tmpdir(), 'rubric-browser-'));
  const server = new ServerProcess({ RUBRIC_DATA: folder, ...settings });
  const errors: string[] = [];
  let browser: Browser;
  let admin: Promise<Cookie[]> | undefined;

  beforeAll(async () => {
    // PostgreSQL can run as another user, which has to reach its folder.
    chmodSync(folder, 0o711);
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    [browser] = await Promise.all([chromium.launch({ executablePath, args: ['--no-sandbox'] }), server.start()]);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(errors.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const call = async (cookies: Cookie[], method: string, path: string, body?: object, more = {}) => {
    const headers = {
      origin: server.origin,
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      ...(body && { 'content-type': 'application/json' }),
      ...more,
    };
    const response = await fetch(server.origin + path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} returned ${response.status}: ${text}`);
    return { response, body: text === '' ? undefined : JSON.parse(text) };
  };
  const cookiesOf = (response: Response): Cookie[] =>
    response.headers.getSetCookie().flatMap((line) => {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      return value === ''
        ? []
        : [
            {
              name,
              value,
              domain: '127.0.0.1',
              path: '/',
              expires: -1,
              httpOnly: true,
              secure: false,
              sameSite: 'Lax',
            },
          ];
    });
  const signInAsAdmin = async () => {
    const code = await server.find(/with the code (\S+)\./);
    const { response } = await call([], 'POST', '/setup', { ...ADMIN, code });
    return cookiesOf(response);
  };
  const adminCookies = () => (admin ??= signInAsAdmin());

  return {
    server,
    api: async (method, path, body, headers) => (await call(await adminCookies(), method, path, body, headers)).body,
    signedIn: async (email, role) => {
      const { body } = await call(await adminCookies(), 'POST', '/invitations', { email, role });
      const token = body.link.split('#token=')[1];
      await call([], 'POST', '/invitations/accept', { token, name: email.split('@')[0], password: PASSWORD });
      return cookiesOf((await call([], 'POST', '/sessions', { email, password: PASSWORD })).response);
    },
    open: async (path, { theme = 'light', width = 1280, height = 800, cookies, context: present } = {}) => {
      const context = present ?? (await browser.newContext({ viewport: { width, height }, colorScheme: theme }));
      if (!present && cookies !== null) await context.addCookies(cookies ?? (await adminCookies()));
      const page = await context.newPage();
      page.setDefaultTimeout(LIMIT_MS);
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !ABOUT_ANSWERS.test(message.text())) errors.push(message.text());
      });
      await page.goto(`${server.origin}/admin${path}`);
      return page;
    },
  };
}
