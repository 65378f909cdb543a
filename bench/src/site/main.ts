import { loadavg } from 'node:os';
import { type Browser, chromium } from 'playwright-core';
import { openData } from '../data.ts';
import { bulkClient } from '../derive.ts';
import { type Options, readOptions } from '../options.ts';
import { printProgress } from '../progress.ts';
import { describeMachine } from '../report/results.ts';
import { startServer, stopServer } from '../servers.ts';
import { beginSession, createAccount } from './account.ts';
import { recordState, restoreState } from './cleanup.ts';
import type { Measured } from './measured.ts';
import { writeSite } from './report.ts';
import { measureEditor, measureList, measureSignIn, measureTour, measureTree } from './screens.ts';
import { markdownOf } from './texts.ts';
import { createTree, dropTree } from './tree-database.ts';
import { measureTyping } from './typing.ts';

/** Measures the admin site in a browser, on the database of the benchmark, which is restored afterwards. */

type Session = Awaited<ReturnType<typeof beginSession>>;

await main(readOptions(process.argv.slice(2)));

async function main(options: Options) {
  const browser = await launchBrowser();
  try {
    const postgres = await openData(options);
    try {
      await run(browser, postgres.connectionString, options);
    } finally {
      await postgres.stop();
    }
  } finally {
    await browser.close();
  }
}

async function run(browser: Browser, url: string, options: Options) {
  const before = loadavg()[0] ?? 0;
  const client = await bulkClient(url);
  try {
    await recordState(client, options.scale);
    const treeUrl = await createTree(url);
    const measured = await withSession(browser, url, (articles) =>
      withSession(browser, treeUrl, (tree) => measure(articles, tree)),
    );
    const load = { before, during: loadavg()[0] ?? 0 };
    writeSite(measured, { ...(await describeMachine(client, options)), chromium: browser.version(), load });
  } finally {
    await restoreState(client, options.scale);
    await client.end();
    await dropTree(url);
  }
}

/** Signs in to a server on a database, for as long as the session is used. */
async function withSession<T>(browser: Browser, url: string, use: (session: Session) => Promise<T>): Promise<T> {
  createAccount(url);
  const server = await startServer('rubric', { DATABASE_URL: url });
  try {
    return await use(await beginSession(browser, `http://127.0.0.1:${server.port}`));
  } finally {
    await stopServer(server);
  }
}

async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  // Without waiting for the frames of a screen, which would add up to 16 ms to each key.
  const args = ['--no-sandbox', '--disable-gpu-vsync', '--disable-frame-rate-limit'];
  const browser = await chromium.launch({ executablePath, args, ...signals });
  // Then everything that waits for the browser fails, and the run removes its rows.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void browser.close());
  return browser;
}

async function measure(articles: Session, tree: Session): Promise<Measured[]> {
  const { place, createDraft } = articles;
  const write = (kB: number) => createDraft(`A text of ${kB} kB`, markdownOf(kB * 1_000));
  const [short, long] = [await write(20), await write(200)];
  const measured: Measured[] = [];
  const steps = [
    () => measureSignIn(place),
    () => measureList(place),
    () => measureTour(place),
    () => measureTree(tree.place),
    () => measureEditor(place, short),
    () => measureTyping(place, { article: short, size: '20 kB', limit: 16 }),
    () => measureTyping(place, { article: long, size: '200 kB', limit: 50 }),
  ];
  for (const step of steps) {
    const rows = [await step()].flat();
    for (const { what, value, unit } of rows) printProgress(`${what}: ${value.toFixed(1)} ${unit}`);
    measured.push(...rows);
  }
  return measured;
}
