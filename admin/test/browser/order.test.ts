import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();
let ferries = 0;

beforeAll(async () => {
  ferries = (await site.api('POST', '/categories', { name: 'Ferries' })).id;
  // Newest first: E, D, C, B, A.
  for (const [day, title] of ['A', 'B', 'C', 'D', 'E'].entries())
    await site.api('POST', '/articles', {
      title: `Article ${title}`,
      categoryIds: [ferries],
      publishedAt: `2026-01-0${day + 1}T10:00:00Z`,
    });
});

/** What readers get, as letters. */
const order = async () =>
  (await site.api('GET', `/categories/${ferries}/articles`)).data
    .map(({ title }: { title: string }) => title.at(-1))
    .join('');
const shown = async (page: Page) =>
  (
    await page
      .getByRole('listitem')
      .filter({ hasText: /^Article/ })
      .allTextContents()
  )
    .map((text) => text.slice('Article '.length)[0])
    .join('');

test('By keyboard: a category is put in order by hand, places are announced, and one goes back to its date', async () => {
  const page = await site.open(`/categories/${ferries}`);
  const keyboard = new Keyboard(page);
  await page.getByRole('link', { name: 'Article E' }).waitFor();
  await keyboard.tabTo('combobox', 'Order for readers');
  await keyboard.press('Enter');
  await page.getByRole('option', { name: /By hand/ }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Move “Article C”' }).waitFor();
  await expectAccessible(page);

  await keyboard.tabTo('button', 'Move “Article C”');
  await keyboard.press('Enter');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await page.getByText('Article C: place 1 of 5.').waitFor();
  expect(await shown(page)).toBe('CEDBA');
  await keyboard.press('Enter');
  await expect.poll(order).toBe('CEDBA');

  // Behind an article that has no place by hand: that one gets one, and so does what is before it.
  await keyboard.tabTo('button', 'Move “Article A”');
  await keyboard.press(' ');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await page.getByText('Article A: place 3 of 5.').waitFor();
  await keyboard.press(' ');
  await expect.poll(order).toBe('CEADB');
  expect(await shown(page)).toBe('CEADB');

  // Escape drops nothing.
  await keyboard.tabTo('button', 'Move “Article D”');
  await keyboard.press('Enter');
  await keyboard.press('ArrowUp');
  await keyboard.press('Escape');
  await expect.poll(() => shown(page)).toBe('CEADB');
  expect(await order()).toBe('CEADB');

  await keyboard.activate('button', 'Place of “Article C”');
  await keyboard.choose('Back to its place by date');
  await page
    .getByText(/is in its place by date/)
    .first()
    .waitFor();
  await expect.poll(order).toBe('EADCB');
  await expect.poll(() => shown(page)).toBe('EADCB');
});

test('With the mouse an article is dragged to the top', async () => {
  const page = await site.open(`/categories/${ferries}`);
  const from = page.getByRole('button', { name: 'Move “Article B”' });
  await from.waitFor();
  await from.scrollIntoViewIfNeeded();
  const first = await page.getByRole('listitem').filter({ hasText: 'Article E' }).boundingBox();
  await from.hover();
  await page.mouse.down();
  await page.mouse.move((first?.x ?? 0) + 60, (first?.y ?? 0) + 60, { steps: 6 });
  await page.mouse.move((first?.x ?? 0) + 60, (first?.y ?? 0) + 5, { steps: 6 });
  await page.mouse.up();
  await expect.poll(order).toBe('BEADC');
  await expect.poll(() => shown(page)).toBe('BEADC');
});
