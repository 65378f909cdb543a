import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { useDatabase } from './harness/database.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const COUNT = 3_000;
const database = useDatabase();
const site = useSite(database.settings);

/** Ids and names by what they are for. */
const rows = { sea: 0, ships: 0, letters: 0, maud: 0 };

beforeAll(async () => {
  const category = async (name: string, parentId: number | null = null) =>
    (await site.api('POST', '/categories', { name, parentId })).id as number;
  rows.sea = await category('The sea');
  rows.ships = await category('Ships', rows.sea);
  rows.letters = await category('Letters');
  rows.maud = (await site.api('POST', '/authors', { name: 'Maud Okafor' })).id;
  // Ten share each time, so that the order is by id within it.
  await database.run(`
    insert into articles (title, slug, content, published_at, created_at, updated_at)
    select 'Seeded article ' || n, 'seeded-' || n, 'Some text.', at, at, at
    from generate_series(1, ${COUNT}) as n cross join lateral
      (select timestamptz '2020-01-01' + (n / 10) * interval '1 hour' as at) as times`);
  const article = (title: string, body: object) => site.api('POST', '/articles', { title, ...body });
  await article('Ferries at dawn', {
    content: 'Nobody waits for the last kingfisher but the harbour master.',
    categoryIds: [rows.ships, rows.letters],
    authorIds: [rows.maud],
  });
  await article('Under the sea', { categoryIds: [rows.sea] });
  await article('A letter', { categoryIds: [rows.letters], publishedAt: null });
  await article('<img src=x onerror="document.title=1">', { publishedAt: '2099-01-01T00:00:00Z' });
});

const titles = (page: Page) => page.getByRole('row').getByRole('rowheader').allTextContents();
const total = (page: Page, text: string) => page.getByRole('status').getByText(text, { exact: true }).waitFor();

test('A list of thousands is scrolled to its end: no row twice, none left out, few in the DOM', async () => {
  const page = await site.open('/articles');
  await total(page, `${(COUNT + 4).toLocaleString('en')} articles`);
  await page.getByRole('link', { name: 'A letter' }).waitFor();
  // In the page: a step for each of two frames.
  const { rows: seen, most } = await page.evaluate(async (count) => {
    const rows = new Map<number, string>();
    let most = 0;
    for (let stuck = 0; rows.size < count && stuck < 1_500; ) {
      const before = rows.size;
      const visible = document.querySelectorAll<HTMLElement>('[data-row]');
      for (const row of visible)
        rows.set(Number(row.dataset['row']), row.querySelector('a')?.getAttribute('href') ?? '');
      most = Math.max(most, visible.length);
      stuck = rows.size === before ? stuck + 1 : 0;
      // Rows that are on their way are waited for, as somebody who reads would.
      if (!document.querySelector('[role="rowgroup"] > [aria-hidden="true"]')) window.scrollBy(0, 600);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
    return { rows: [...rows], most };
  }, COUNT + 4);
  expect(seen.length).toBe(COUNT + 4);
  expect(new Set(seen.map(([, href]) => href)).size).toBe(COUNT + 4);
  expect(most).toBeLessThan(60);
  // What somebody who does not see the scroll bar is told.
  await page.keyboard.press('End');
  expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(COUNT + 5));
});

test('By keyboard: rows, search, an article, a new one', async () => {
  const page = await site.open('/articles');
  const keyboard = new Keyboard(page);
  await page.getByRole('link', { name: 'A letter' }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await expect.poll(focused).toBe('<img src=x onerror="document.title=1">');
  await keyboard.press('ArrowDown');
  await expect.poll(focused).toBe('A letter');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowUp');
  await expect.poll(focused).toBe('A letter');
  await keyboard.press('/');
  await keyboard.type('kingfish');
  await total(page, '1 article');
  await expect.poll(() => titles(page)).toEqual([expect.stringContaining('Ferries at dawn')]);
  expect(await page.locator('mark').allTextContents()).toEqual(['kingfisher']);
  expect(new URL(page.url()).search).toBe('?q=kingfish');
  await keyboard.press('ArrowDown');
  await expect.poll(focused).toBe('Ferries at dawn');
  await keyboard.press('Enter');
  await page.waitForURL(/\/admin\/articles\/\d+$/);
  await page.goBack();
  await page.waitForURL('**/articles?q=kingfish');
  await keyboard.tabTo('link', 'Ferries at dawn');
  await keyboard.press('c');
  await page.waitForURL('**/admin/articles/new');
});

test('The way back from an article leads to its row, where the page was', async () => {
  const page = await site.open('/articles');
  await page.locator('[data-row="20"]').waitFor({ state: 'attached' });
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 3_000);
  const link = page.locator('[data-row="75"] a');
  await link.click();
  await page.waitForURL(/\/admin\/articles\/\d+$/);
  await page.goBack();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row']))
    .toBe('75');
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(2_500);
  // By the navigation it begins at its beginning.
  await page.getByRole('link', { name: 'Authors' }).click();
  await page.getByRole('heading', { name: 'Authors' }).waitFor();
  await page.getByRole('link', { name: 'Articles', exact: true }).click();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row']))
    .toBe('0');
});

test('The first row has the focus at once, and shows it from the first key on', async () => {
  const page = await site.open('/articles');
  // The page itself says so: to be asked by the debugger counts as having been touched.
  const { promise: outline, resolve } = Promise.withResolvers<string>();
  await page.exposeFunction('rowHasFocus', resolve);
  await page.addInitScript(() => {
    addEventListener('focusin', ({ target }) => {
      const row = (target as Element).closest('[data-row="0"]');
      if (row) (globalThis as any).rowHasFocus(getComputedStyle(row).outlineStyle);
    });
  });
  await page.reload({ waitUntil: 'commit' });
  expect(await outline).toBe('none');
  await page.keyboard.press('ArrowDown');
  const next = page.locator('[data-row="1"]:has(a:focus)');
  expect(await next.evaluate((row) => getComputedStyle(row).outlineStyle)).toBe('solid');
});

test('The arrow of an article leads back to the list as it was, and without one to the list', async () => {
  const page = await site.open('/articles?q=kingfisher');
  await page.getByRole('link', { name: 'Ferries at dawn' }).click();
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await page.waitForURL('**/admin/articles?q=kingfisher');
  await total(page, '1 article');
  const { data } = await site.api('GET', '/articles?q=kingfisher');
  const direct = await site.open(`/articles/${data[0].id}`);
  await direct.getByRole('link', { name: 'To the articles' }).click();
  await direct.waitForURL('**/admin/articles');
});

test('A filter is in the URL: categories with and without what is below, none of them, author, days', async () => {
  const page = await site.open(`/articles?any=${rows.sea}`);
  await total(page, '1 article');
  await expect.poll(() => titles(page)).toEqual(['Under the sea']);
  await page.getByRole('button', { name: 'Categories: The sea' }).click();
  const focused = page.getByLabel('In any of').and(page.locator(':focus'));
  await focused.waitFor();
  await page.getByText('And in the categories below them').click();
  await total(page, '2 articles');
  const none = page.getByLabel('In none of', { exact: true });
  await none.fill('lett');
  await page.getByRole('option', { name: /Letters/ }).click();
  await total(page, '1 article');
  await expect.poll(() => titles(page)).toEqual(['Under the sea']);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    any: String(rows.sea),
    none: String(rows.letters),
    below: 'true',
  });
  // Escape closes the popover, and takes nothing away.
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByLabel('In any of').count()).toBe(0);
  await page.getByRole('button', { name: 'Categories: The sea +1' }).waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('button', { name: 'Author', exact: true }).click();
  await page.getByRole('combobox', { name: 'Author' }).fill('mau');
  await page.getByRole('option', { name: 'Maud Okafor' }).click();
  await total(page, '1 article');
  // The whole filter again from its address.
  await page.goto(page.url());
  await page.getByRole('button', { name: 'Author: Maud Okafor' }).waitFor();
  await expect.poll(() => titles(page)).toEqual(['Ferries at dawn']);
  await page.goto(
    `${site.server.origin}/admin/articles?from=2020-01-01&to=2020-01-01&status=published&sort=publishedAt`,
  );
  await page.getByRole('link', { name: 'Seeded article 1', exact: true }).waitFor();
  await page.goto(`${site.server.origin}/admin/articles?uncategorised=true&status=scheduled`);
  await total(page, '1 article');
  await expect.poll(() => titles(page)).toEqual(['<img src=x onerror="document.title=1">']);
});

test('Live articles that were changed since are marked, and found by a filter', async () => {
  const { data } = await site.api('GET', '/articles?q=kingfisher');
  await site.api('PATCH', `/articles/${data[0].id}/draft`, { title: 'Ferries at dusk' });
  const page = await site.open('/articles');
  await page.getByRole('button', { name: 'Unpublished changes' }).click();
  await total(page, '1 article');
  await expect.poll(() => titles(page)).toEqual(['Ferries at dawn']);
  await page.getByRole('cell', { name: 'Live, changed' }).waitFor();
  expect(new URL(page.url()).search).toBe('?changed=true');
});

test('The first filter that is set leaves the list where it is', async () => {
  const page = await site.open('/articles');
  await page.getByRole('link', { name: 'A letter' }).waitFor();
  const top = () => page.getByRole('table').evaluate((table) => table.getBoundingClientRect().top);
  const before = await top();
  await page.getByRole('button', { name: 'Categories', exact: true }).click();
  await page.getByRole('combobox', { name: 'In any of' }).fill('Letters');
  await page.getByRole('option', { name: /Letters/ }).click();
  await page.getByRole('button', { name: 'Clear filters' }).waitFor();
  expect(await top()).toBe(before);
});

test('By keyboard: into the trash and back by undo, then deleted for good after a question', async () => {
  const { id } = await site.api('POST', '/articles', { title: 'To be thrown away', publishedAt: null });
  const page = await site.open('/articles?status=draft');
  const keyboard = new Keyboard(page);
  await keyboard.tabTo('link', 'To be thrown away');
  await keyboard.tabTo('button', 'Actions for “To be thrown away”');
  await keyboard.press('Enter');
  await keyboard.choose('Move to the trash');
  await page.getByText('“To be thrown away” is in the trash').waitFor();
  await total(page, '1 article');
  // The focus is where it was: on the row that is there now.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('A letter');
  await keyboard.press('F6');
  await keyboard.activate('button', 'Undo');
  await page.getByText('“To be thrown away” is back').waitFor();
  await page.getByRole('link', { name: 'To be thrown away' }).waitFor();
  await site.api('DELETE', `/articles/${id}`);
  await page.goto(`${site.server.origin}/admin/articles?status=trashed`);
  await keyboard.tabTo('button', 'Actions for “To be thrown away”');
  await keyboard.press('Enter');
  await keyboard.choose('Delete for good');
  await page.getByRole('alertdialog', { name: 'Delete “To be thrown away” for good?' }).waitFor();
  await keyboard.activate('button', 'Delete for good');
  await page.getByText('The trash is empty').waitFor();
});

test('With the mouse: after an article went to the trash, the focus is on the row that is there now', async () => {
  await site.api('POST', '/articles', { title: 'Thrown away by mouse', publishedAt: null });
  const page = await site.open('/articles?status=draft&sort=-title');
  await page.getByRole('link', { name: 'A letter' }).and(page.locator('[tabindex="-1"]')).waitFor();
  await page.getByRole('button', { name: 'Actions for “A letter”' }).click();
  await page.getByRole('menuitem', { name: 'Move to the trash' }).click();
  await page.getByText('“A letter” is in the trash').waitFor();
  await page.getByRole('link', { name: 'Thrown away by mouse' }).and(page.locator(':focus')).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('“A letter” is back').waitFor();
});

test('A filter is kept by name, with its columns, and forgotten', async () => {
  const page = await site.open(`/articles?any=${rows.letters}`);
  await page.getByRole('button', { name: 'Keep this view' }).click();
  await page.getByLabel('Name of the view').fill('Post');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Post', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Order and columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Status' }).click();
  await expect.poll(() => page.getByRole('columnheader', { name: 'Status' }).count()).toBe(0);
  await expect
    .poll(async () => (await site.api('GET', '/account/preferences')).values['articles.views']?.[0].hidden)
    .toEqual(['status']);

  const other = await site.open('/articles');
  await other.getByRole('columnheader', { name: 'Status' }).waitFor();
  await other.getByRole('link', { name: 'Post', exact: true }).click();
  await total(other, '2 articles');
  await expect.poll(() => other.getByRole('columnheader', { name: 'Status' }).count()).toBe(0);
  await other.getByRole('button', { name: 'Order and columns' }).click();
  await other.getByRole('menuitem', { name: 'Forget the view “Post”' }).click();
  await expect.poll(() => other.getByRole('link', { name: 'Post', exact: true }).count()).toBe(0);
});

test('A contributor is not offered a filter that would be refused', async () => {
  const cookies = await site.signedIn('contributor@rubric.example', 'contributor');
  const page = await site.open('/articles', { cookies });
  await page.getByRole('link', { name: 'Under the sea' }).waitFor();
  await page.getByRole('link', { name: 'New article' }).waitFor();
  expect(await page.getByRole('button', { name: 'Unpublished changes' }).count()).toBe(0);
});

test('A reader sees the list and nothing that would be refused', async () => {
  const cookies = await site.signedIn('reader@rubric.example', 'reader');
  const page = await site.open('/articles?status=draft', { cookies });
  await page.getByRole('link', { name: 'A letter' }).waitFor();
  expect(await page.getByRole('link', { name: 'New article' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /Actions for/ }).count()).toBe(0);
});

test('Categories with one name are told apart by what is above them', async () => {
  const letters = await site.api('POST', '/categories', { name: 'Letters', parentId: rows.sea });
  await site.api('POST', '/articles', { title: 'A letter from the sea', categoryIds: [letters.id], publishedAt: null });
  const page = await site.open('/articles?status=draft');
  await page
    .getByRole('row', { name: /A letter from the sea/ })
    .getByText('The sea › Letters')
    .waitFor();
  const other = page.getByRole('row', { name: /^A letter Draft/ });
  expect(await other.getByText('Letters', { exact: true }).count()).toBe(1);
});

test('The list is accessible, wide and narrow, and does not scroll sideways', async () => {
  const page = await site.open('/articles?q=sea');
  await page.getByRole('link', { name: 'Under the sea' }).waitFor();
  await expectAccessible(page);
  await expectReflow(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Categories' }).click();
  await page.getByLabel('In any of').fill('sea');
  await page.getByRole('option', { name: /^The sea/ }).waitFor();
  await expectAccessible(page);
});

test('An article in the trash says so when it is opened, and is restored there', async () => {
  const { id } = await site.api('POST', '/articles', { title: 'Thrown away', content: 'Kept.', publishedAt: null });
  await site.api('DELETE', `/articles/${id}`);
  const page = await site.open('/articles?status=trashed');
  await page.getByRole('link', { name: 'Thrown away' }).click();
  await page.getByRole('heading', { name: '“Thrown away” is in the trash' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('textbox', { name: 'Text', exact: true }).getByText('Kept.').waitFor();
  await page.goto(`${site.server.origin}/admin/articles/999999`);
  await page.getByText('It was deleted, or you cannot see it.').waitFor();
});
