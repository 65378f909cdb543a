import type { Browser, Cookie, Page } from 'playwright-core';
import { installStopwatch, type Painted } from './stopwatch.ts';

/** A cold page takes longer on a busy machine, but this ends a wait that would last forever. */
const LIMIT_MS = 60_000;

/** The server to visit, and the cookies of the session. */
export interface Place {
  browser: Browser;
  origin: string;
  cookies: Cookie[];
}

/** A browser that has never opened the site. */
export interface Visitor {
  page: Page;
  /** Opens a screen by its address. @returns the time from the start of the page */
  open: (path: string, selector: string) => Promise<Painted>;
  /** Runs an action in the page. @returns the time from its last click or key until an element was painted */
  after: (act: () => Promise<void>, selector: string) => Promise<Painted>;
}

/** Runs `stay` in a new browser context, and closes the context afterwards. */
export async function visit<T>({ browser, origin, cookies }: Place, stay: (visitor: Visitor) => Promise<T>) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    await context.addCookies(cookies);
    await context.addInitScript(installStopwatch);
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT_MS);
    const painted = () => page.evaluate(() => window.stopwatch.painted);
    return await stay({
      page,
      open: async (path, selector) => {
        await page.addInitScript((looked) => window.stopwatch.lookFor(looked), selector);
        await page.goto(`${origin}/admin${path}`);
        return painted();
      },
      after: async (act, selector) => {
        await page.evaluate((looked) => window.stopwatch.lookFor(looked), selector);
        await act();
        return painted();
      },
    });
  } finally {
    await context.close();
  }
}
