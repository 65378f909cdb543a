import { chromium, type Page } from 'playwright-core';

/**
 * Makes the pictures of docs/admin.md. In an empty folder, `npx rubric demo` and `npm start`, then
 * `node admin/scripts/pictures.ts http://127.0.0.1:3000 CODE`, with the code that the server printed.
 */

const [url = 'http://127.0.0.1:3000', code = ''] = process.argv.slice(2);
const FOLDER = new URL('../../docs/admin/', import.meta.url).pathname;
const PASSWORD = 'a sentence that only she would say';

interface Picture {
  name: string;
  path: string;
  theme: 'light' | 'dark';
  width: number;
  height: number;
  /** What to do first, and what to wait for. */
  prepare: (page: Page) => Promise<unknown>;
}

async function listOfArticles(page: Page) {
  await page.getByText('A Reader Writes About the Bench').waitFor();
  // To be asked by the debugger counts as a key, with which a row shows that it has the focus.
  await page.getByRole('heading', { name: 'Articles' }).click();
}

const PICTURES: readonly Picture[] = [
  {
    name: 'articles',
    path: '/articles',
    theme: 'light',
    width: 1280,
    height: 720,
    prepare: listOfArticles,
  },
  {
    name: 'writing',
    path: '/articles',
    theme: 'light',
    width: 1280,
    height: 900,
    prepare: async (page) => {
      await page
        .getByRole('row', { name: /A Spoon by Thursday/ })
        .getByRole('link')
        .first()
        .click();
      await page.getByRole('textbox', { name: 'Text' }).waitFor();
      await page.waitForLoadState('networkidle');
    },
  },
  {
    name: 'categories',
    path: '/categories',
    theme: 'light',
    width: 1280,
    height: 720,
    prepare: async (page) => {
      await page.getByRole('treeitem', { name: /^Ferries/ }).click();
      await page.getByRole('link', { name: 'Twenty-Four Hours of Pier 3' }).waitFor();
    },
  },
  {
    name: 'palette',
    path: '/articles',
    theme: 'dark',
    width: 1280,
    height: 720,
    prepare: async (page) => {
      await page.getByRole('row').nth(8).waitFor();
      await page.keyboard.press('ControlOrMeta+K');
      await page.getByRole('combobox', { name: 'Search and commands' }).fill('pier');
      await page.getByRole('option').nth(2).waitFor();
    },
  },
  {
    name: 'narrow',
    path: '/articles',
    theme: 'light',
    width: 360,
    height: 720,
    prepare: listOfArticles,
  },
  {
    name: 'account',
    path: '/account',
    theme: 'dark',
    width: 1280,
    height: 720,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Turn on' }).click();
      await page.getByRole('dialog').getByLabel('Current password').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.getByRole('img', { name: 'QR code of the secret' }).waitFor();
    },
  },
];

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const context = await browser.newContext({ reducedMotion: 'reduce' });
const account = { name: 'Maud Sailer', email: 'maud@rubric.example', password: PASSWORD };
const setUp = await context.request.post(`${url}/setup`, { data: { ...account, code }, headers: { origin: url } });
if (!setUp.ok()) throw new Error(await setUp.text());
for (const { name, path, theme, width, height, prepare } of PICTURES) {
  const page = await context.newPage();
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height });
  await page.goto(`${url}/admin${path}`);
  await prepare(page);
  await page.screenshot({ path: `${FOLDER}${name}.png`, animations: 'disabled' });
  await page.close();
}
await browser.close();
