import { chromium, type Locator, type Page } from 'playwright-core';

/**
 * Does the six jobs of docs/admin.md at the pace of a person, and prints how long each takes: 1.5 s before each click, to
 * look for what to click, and five characters a second. After `admin/scripts/pictures.ts`, with its server:
 * `node admin/scripts/pace.ts http://127.0.0.1:3000`.
 */

const [url = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const ACCOUNT = { email: 'maud@rubric.example', password: 'a sentence that only she would say' };
const LOOK_MS = 1_500;
const KEY_MS = 200;

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
await context.request.post(`${url}/sessions`, { data: ACCOUNT, headers: { origin: url } });
const page = await context.newPage();
page.setDefaultTimeout(20_000);
let actions = 0;

async function click(target: Locator) {
  await target.waitFor();
  await page.waitForTimeout(LOOK_MS);
  await target.click();
  actions += 1;
}

async function type(text: string) {
  await page.keyboard.type(text, { delay: KEY_MS });
  actions += 1;
}

async function press(key: string) {
  await page.waitForTimeout(KEY_MS);
  await page.keyboard.press(key);
  actions += 1;
}

async function drag(from: Locator, to: Locator) {
  await page.waitForTimeout(LOOK_MS);
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('What is dragged is not in sight');
  await page.mouse.move(start.x + 60, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + 60, end.y + end.height / 2, { steps: 20 });
  // A row says that it takes what is dropped on it.
  await page.waitForTimeout(LOOK_MS / 3);
  await page.mouse.up();
  actions += 1;
}

const button = (name: string | RegExp, inside: Page | Locator = page) =>
  inside.getByRole('button', { name, exact: typeof name === 'string' });
const link = (name: string) => page.getByRole('link', { name, exact: true });
/** Not a message in the corner, which is one, too. */
const dialog = page.locator('[role="dialog"][data-open]');
const categories = page.getByRole('list', { name: 'Categories' }).getByRole('listitem');

async function begin(title: string) {
  await click(link('New article'));
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  await type(title);
  await press('Enter');
  await type('The bench is new.');
}

async function addCategory(words: string) {
  await click(page.getByRole('combobox', { name: 'Add a category' }));
  await type(words);
  await page.locator('[data-highlighted]', { hasText: new RegExp(words, 'i') }).waitFor();
  await press('Enter');
}

const JOBS: [name: string, job: () => Promise<void>][] = [
  [
    'Publish an article under two categories, the newer one first',
    async () => {
      await begin('A Bench by the Ferry');
      await addCategory('ferr');
      await addCategory('lett');
      await drag(categories.nth(1), categories.nth(0));
      await click(button('Publish'));
      await click(button('Publish now'));
      await page.getByText('Live', { exact: true }).waitFor();
      await click(link('Back'));
    },
  ],
  [
    'Schedule another',
    async () => {
      await begin('Timetable for the Spring');
      await click(button('Publish'));
      await click(page.getByRole('radio', { name: 'At a time' }));
      await click(button('Schedule'));
      await page
        .getByText(/^Goes live/)
        .first()
        .waitFor();
      await click(link('Back'));
    },
  ],
  [
    'Change the published one without readers seeing it, then publish the change',
    async () => {
      await click(link('A Bench by the Ferry'));
      await click(page.getByRole('textbox', { name: 'Text', exact: true }));
      await press('End');
      await type(' It is green.');
      await click(button('Publish the change'));
      await click(button('Publish the change', dialog));
      await page.getByText('Live', { exact: true }).waitFor();
      await click(link('Back'));
    },
  ],
  [
    'Take the second category out of an older article, and bring it back from its history',
    async () => {
      await click(link('A Reader Writes About the Bench'));
      await click(button('Remove The City'));
      await click(button('Publish the change'));
      await click(button('Publish the change', dialog));
      await click(button('History'));
      await click(button(/Created/));
      await click(button('Restore this version'));
      await categories.getByText('The City').waitFor();
    },
  ],
  [
    'Move a category',
    async () => {
      await click(link('Categories'));
      const row = (name: RegExp) => page.getByRole('treeitem', { name });
      await row(/^Coffee/).waitFor();
      await drag(row(/^Coffee/), row(/^The City/));
      await page.getByText('Coffee is now 3 of 3 in The City').first().waitFor();
    },
  ],
  [
    'Invite a colleague',
    async () => {
      await click(link('Accounts'));
      await click(button('Invite'));
      await dialog.waitFor();
      await type('ines@rubric.example');
      await click(button('Send invitation'));
      await click(button('Copy'));
      await click(button('Done'));
    },
  ],
];

await page.goto(`${url}/admin/articles`);
await page.getByRole('row').nth(8).waitFor();
for (const [name, job] of JOBS) {
  actions = 0;
  const start = performance.now();
  await job();
  process.stdout.write(`| ${name} | ${actions} | ${Math.round((performance.now() - start) / 1_000)} s |\n`);
}
await browser.close();
