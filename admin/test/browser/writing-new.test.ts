import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { useSite } from './harness/site.ts';

const site = useSite();
const title = (page: Page) => page.getByRole('textbox', { name: 'Title' });
const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
const phase = (page: Page, name: string) => page.locator(`[data-save="${name}"]`).waitFor();
const saved = (page: Page) => page.locator('[data-save="saved"]', { hasText: 'Saved' }).waitFor();
const contentOf = async (id: number) => (await site.api('GET', `/articles/${id}`)).content;
const idOf = async (page: Page) => {
  await page.waitForURL(/\/articles\/\d+$/);
  return Number(new URL(page.url()).pathname.split('/').at(-1));
};
/** The contents of all articles with this title. */
const contentsOf = async (name: string) => {
  const { data } = await site.api('GET', '/articles?fields=title,content&status=draft&limit=100');
  return data.filter((each: { title: string }) => each.title === name).map(({ content }: any) => content);
};

async function begin(page: Page, name: string, words: string) {
  await text(page).waitFor();
  await title(page).fill(name);
  await text(page).focus();
  await page.keyboard.type(words);
}

async function newPage() {
  const page = await site.open('/articles/new');
  await text(page).waitFor();
  return page;
}

test('What is written on after a first save that failed is saved too', async () => {
  const page = await newPage();
  await page.context().setOffline(true);
  await begin(page, 'Offline', 'One.');
  await phase(page, 'unreachable');
  await page.keyboard.type(' Two.');
  await page.context().setOffline(false);
  await saved(page);
  expect(await contentOf(await idOf(page))).toBe('One. Two.');
  expect(await contentsOf('Offline')).toHaveLength(1);
});

test('A closed tab leaves a first save and what was written since: both arrive, in one article', async () => {
  const page = await newPage();
  const context = page.context();
  // The server creates it, and its answer is lost.
  await page.route('**/articles', async (route) => {
    if (route.request().method() === 'POST') await route.fetch();
    await route.abort();
  });
  await begin(page, 'Closed', 'One.');
  await phase(page, 'unreachable');
  await page.keyboard.type(' Two.');
  await page.close();
  const again = await site.open('/articles/new', { context });
  await saved(again);
  expect(await text(again).textContent()).toBe('One. Two.');
  expect(await contentsOf('Closed')).toEqual(['One. Two.']);
});

test('A first save that the server may have done makes no second article', async () => {
  const page = await newPage();
  let attempts = 0;
  await page.route('**/articles', async (route) => {
    if (route.request().method() !== 'POST' || ++attempts > 1) return route.continue();
    await route.fetch();
    const body = JSON.stringify({ status: 503, code: 'database_unavailable', title: 'x', detail: 'x' });
    await route.fulfill({ status: 503, contentType: 'application/problem+json', body });
  });
  await begin(page, 'Once', 'One.');
  await phase(page, 'unreachable');
  await page.keyboard.type(' Two.');
  await saved(page);
  expect(attempts).toBe(2);
  expect(await contentsOf('Once')).toEqual(['One. Two.']);
});

test('Two closed tabs with new articles leave two articles', async () => {
  const first = await newPage();
  const context = first.context();
  const second = await site.open('/articles/new', { context });
  await text(second).waitFor();
  await context.setOffline(true);
  await begin(first, 'Older', 'Of the first.');
  await phase(first, 'unreachable');
  await begin(second, 'Newer', 'Of the second.');
  await phase(second, 'unreachable');
  await first.close();
  await second.close();
  await context.setOffline(false);
  const found = new Map<string, string>();
  for (let turn = 1; turn <= 2; turn += 1) {
    const page = await site.open('/articles/new', { context });
    await saved(page);
    const { title: name, content } = await site.api('GET', `/articles/${await idOf(page)}`);
    found.set(name, content);
  }
  expect(Object.fromEntries(found)).toEqual({ Older: 'Of the first.', Newer: 'Of the second.' });
});

test('Of two tabs that are restored at once, one goes on with what a closed one has left', async () => {
  const page = await newPage();
  const context = page.context();
  await context.setOffline(true);
  await begin(page, 'Restored', 'By one of them.');
  await phase(page, 'unreachable');
  await page.close();
  await context.setOffline(false);
  // Both know what was left before one of them takes it.
  let waiting = 2;
  const { promise: both, resolve } = Promise.withResolvers<void>();
  await context.exposeFunction('untilBothKnow', () => (--waiting === 0 && resolve(), both));
  await context.addInitScript(`
    const { query } = LockManager.prototype;
    LockManager.prototype.query = async function () {
      const found = await query.call(this);
      await untilBothKnow();
      return found;
    };`);
  const pages = await Promise.all([1, 2].map(() => site.open('/articles/new', { context })));
  for (const each of pages) await text(each).waitFor();
  const back = () => Promise.all(pages.map((each) => each.getByText(/^What was not saved/).count()));
  expect((await back()).toSorted((a, b) => a - b)).toEqual([0, 1]);
  const at = (await back()).indexOf(1);
  await saved(pages[at] ?? page);
  expect(await contentsOf('Restored')).toEqual(['By one of them.']);
});

test('What a closed tab has left of an article that was new in it is found in the article', async () => {
  const page = await newPage();
  const context = page.context();
  await begin(page, 'Found', 'One.');
  await saved(page);
  const id = await idOf(page);
  await context.setOffline(true);
  await page.keyboard.type(' Two.');
  await phase(page, 'unreachable');
  await page.close();
  await context.setOffline(false);
  const again = await site.open(`/articles/${id}`, { context });
  await again.getByText(/^What was not saved when this page was closed/).waitFor();
  await saved(again);
  expect(await contentOf(id)).toBe('One. Two.');
});

test('By keyboard: a new article is begun from one that was new itself, and the way back leads to that', async () => {
  const page = await newPage();
  await begin(page, 'First', 'One.');
  await saved(page);
  const id = await idOf(page);
  await title(page).focus();
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('new article');
  await page.getByRole('option', { name: 'New article' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/articles/new');
  await expect.poll(() => title(page).inputValue()).toBe('');
  await begin(page, 'Second', 'Two.');
  await saved(page);
  expect(await contentOf(await idOf(page))).toBe('Two.');
  await page.goBack();
  await expect.poll(() => title(page).inputValue()).toBe('First');
  expect(await contentOf(id)).toBe('One.');
});

test('A new article that is left and opened again has its last words, also when they are still on their way', async () => {
  const page = await newPage();
  await begin(page, 'Left', 'One.');
  await saved(page);
  const id = await idOf(page);
  const { promise: isOpenedAgain, resolve: openedAgain } = Promise.withResolvers<void>();
  await page.route(`**/articles/${id}`, async (route) => {
    if (route.request().method() === 'PATCH') await isOpenedAgain;
    await route.continue();
  });
  await page.keyboard.type(' Two.');
  await page.getByRole('link', { name: 'Articles' }).first().click();
  await page.getByRole('link', { name: 'Left' }).click();
  await page.waitForURL(`**/articles/${id}`);
  openedAgain();
  await text(page).waitFor();
  expect(await text(page).textContent()).toBe('One. Two.');
  await saved(page);
  expect(await contentOf(id)).toBe('One. Two.');
});

test('Words of an article that was deleted meanwhile go on in a new one', async () => {
  const { id } = await site.api('POST', '/articles', { title: 'Deleted', content: 'One.', publishedAt: null });
  const page = await site.open(`/articles/${id}`);
  const context = page.context();
  await text(page).focus();
  await context.setOffline(true);
  await page.keyboard.type('Two. ');
  await phase(page, 'unreachable');
  await page.close();
  await site.api('DELETE', `/articles/${id}`);
  await context.setOffline(false);
  const again = await site.open(`/articles/${id}`, { context });
  await again.getByRole('button', { name: 'Go on in a new article' }).click();
  await saved(again);
  await again.waitForURL((url) => !url.pathname.endsWith(`/${id}`));
  expect(await contentOf(await idOf(again))).toBe('Two. One.');
  expect(await contentsOf('Deleted')).toEqual(['Two. One.']);
});
