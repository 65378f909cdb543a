import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();
const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
const saved = (page: Page) => page.locator('[data-save="saved"]', { hasText: 'Saved' }).waitFor();
/** Whether nothing covers the upper or the lower edge. */
const isInSight = (element: Element) => {
  const { left, top, bottom } = element.getBoundingClientRect();
  return [top + 1, bottom - 1].every((y) => element.contains(document.elementFromPoint(left + 20, y)));
};
const newArticle = (body: object) => site.api('POST', '/articles', { publishedAt: null, ...body });

test('By keyboard: two tabs change one text, the second decides, and no word is lost', async () => {
  const { id } = await newArticle({ title: 'Both', content: 'One.' });
  const first = await site.open(`/articles/${id}`);
  const second = await site.open(`/articles/${id}`, { context: first.context() });
  await text(first).waitFor();
  await text(second).waitFor();
  await text(first).focus();
  await first.keyboard.type('First. ');
  await saved(first);
  await vi.waitFor(async () => expect((await site.api('GET', `/articles/${id}`)).content).toBe('First. One.'));
  await second.bringToFront();
  await text(second).focus();
  await second.keyboard.type('Second. ');
  const keyboard = new Keyboard(second);
  await second.getByRole('heading', { name: 'Two versions' }).waitFor();
  await expectAccessible(second);
  await expectReflow(second);
  // Nothing was written before.
  expect((await site.api('GET', `/articles/${id}`)).content).toBe('First. One.');
  // What is decided is kept like any other word: a closed page loses none of it.
  await keyboard.fill('Text, both joined', 'Second. First. One.');
  await second.reload();
  const joined = () => second.getByLabel('Text, both joined').inputValue();
  await expect.poll(joined, { timeout: 60_000 }).toBe('Second. First. One.');
  await keyboard.activate('button', 'Save and go on writing');
  await saved(second);
  expect((await site.api('GET', `/articles/${id}`)).content).toBe('Second. First. One.');
});

test('Changes of different fields are joined, and said', async () => {
  const { id } = await newArticle({ title: 'Joined', content: 'One.' });
  const page = await site.open(`/articles/${id}`);
  await text(page).waitFor();
  await site.api('PATCH', `/articles/${id}`, { excerpt: 'From elsewhere' });
  await text(page).focus();
  await page.keyboard.type('Two. ');
  await page.getByText('Somebody else has changed Excerpt.').waitFor();
  await saved(page);
  expect(await site.api('GET', `/articles/${id}`)).toMatchObject({ excerpt: 'From elsewhere', content: 'Two. One.' });
});

test('A change of another field elsewhere leaves the caret, and what can be undone', async () => {
  const { id } = await newArticle({ title: 'Caret', content: 'One.' });
  const page = await site.open(`/articles/${id}`);
  await text(page).focus();
  await site.api('PATCH', `/articles/${id}`, { excerpt: 'From elsewhere' });
  await page.keyboard.type('Two. ');
  await page.getByText('Somebody else has changed Excerpt.').waitFor();
  await saved(page);
  await page.keyboard.type('Three. ');
  expect(await text(page).textContent()).toBe('Two. Three. One.');
  // A pause in the typing begins another step.
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => text(page).textContent()).toBe('One.');
});

test('A read that was overtaken by a save takes nothing back', async () => {
  const { id } = await newArticle({ title: 'Overtaken', content: 'One.' });
  const page = await site.open(`/articles/${id}`);
  await text(page).waitFor();
  const { promise: isSaved, resolve: hasSaved } = Promise.withResolvers<void>();
  await page.route(`**/articles/${id}`, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch();
    await isSaved;
    await route.fulfill({ response });
  });
  const asked = page.waitForRequest((request) => request.method() === 'GET' && request.url().endsWith(`/${id}`));
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await asked;
  await text(page).focus();
  await page.keyboard.type('Two. ');
  await page.waitForResponse((response) => response.request().method() === 'PATCH');
  await saved(page);
  const read = page.waitForResponse((response) => response.request().method() === 'GET');
  hasSaved();
  await (await read).finished();
  await page.keyboard.type('Three. ');
  const content = async () => (await site.api('GET', `/articles/${id}`)).content;
  await vi.waitFor(async () => expect(await content()).toBe('Two. Three. One.'), { timeout: 30_000 });
  await saved(page);
  expect(await text(page).textContent()).toBe('Two. Three. One.');
});

test('The preview shows what readers will see, in a frame in which nothing runs', async () => {
  const content =
    'Hello <img src="x" onerror="parent.document.title = 1"> **there**\n\n<script>parent.document.title = 1</script>';
  const { id } = await newArticle({ title: '<b onclick=x>Hostile</b>', content });
  const page = await site.open(`/articles/${id}`);
  await page.getByRole('button', { name: 'Preview' }).click();
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: '<b onclick=x>Hostile</b>' }).waitFor();
  await frame.locator('strong', { hasText: 'there' }).waitFor();
  const font = () => frame.locator('body').evaluate((body) => getComputedStyle(body).fontFamily);
  await expect.poll(font).toContain('Palatino');
  expect(await page.title()).toBe('<b onclick=x>Hostile</b> · Rubric');
  await expectAccessible(page);
});

test('A link shows an article that is not published yet to people without an account, until it is revoked', async () => {
  const { id } = await newArticle({ title: 'Shared', content: 'x' });
  const page = await site.open(`/articles/${id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Share a preview' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const url = await page.getByRole('dialog').getByLabel('Link', { exact: true }).inputValue();
  await expectAccessible(page);
  const { pathname, hash } = new URL(url);
  const shared = await site.open(pathname.replace('/admin', '') + hash, { cookies: null });
  await shared.frameLocator('iframe').getByRole('heading', { name: 'Shared' }).waitFor();
  await expectAccessible(shared);
  await expectReflow(shared);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke' }).waitFor({ state: 'detached' });
  await shared.reload();
  await shared.getByText('The link does not work any more.').waitFor();
});

test('The category that Enter would add is in sight, and Enter of an input method adds none', async () => {
  for (const number of Array(20).keys()) await site.api('POST', '/categories', { name: `Harbour ${number}` });
  const { id } = await newArticle({ title: 'Filed', content: 'x' });
  const page = await site.open(`/articles/${id}`);
  const search = page.getByRole('combobox', { name: 'Add a category' });
  await search.fill('Harbour');
  // Offered once everything was found.
  const made = page.getByRole('option', { name: 'New category “Harbour”' });
  await made.waitFor();
  // From the first one up: to the last, which would make a category, then to the last that there is.
  const active = page.locator('[data-highlighted]');
  await active.waitFor();
  await search.press('ArrowUp');
  await made.and(active).waitFor();
  await search.press('ArrowUp');
  const last = page.getByRole('option', { name: /^Harbour/ }).and(active);
  await last.waitFor();
  await expect.poll(() => last.evaluate(isInSight)).toBe(true);
  const name = (await last.locator('span span').first().textContent()) ?? '';
  await search.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, isComposing: true });
  expect(await search.inputValue()).toBe('Harbour');
  await search.press('Enter');
  await page.getByRole('list', { name: 'Categories' }).getByText(name, { exact: true }).waitFor();
  expect(await search.inputValue()).toBe('');
});

test('A narrow window has everything, and scrolls only down', async () => {
  const { id } = await newArticle({
    title: 'Narrow',
    content: `${'word '.repeat(60)}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`,
  });
  const page = await site.open(`/articles/${id}`, { width: 360, height: 740 });
  await text(page).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('combobox', { name: 'Add a category' }).waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expectReflow(page);
});
