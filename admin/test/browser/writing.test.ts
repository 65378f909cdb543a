import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();
const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
const saved = (page: Page) => page.locator('[data-save="saved"]', { hasText: 'Saved' }).waitFor();
const idOf = (page: Page) => Number(new URL(page.url()).pathname.split('/').at(-1));
const newArticle = (body: object) => site.api('POST', '/articles', { publishedAt: null, ...body });

let news: { id: number };
let science: { id: number };

beforeAll(async () => {
  news = await site.api('POST', '/categories', { name: 'News' });
  science = await site.api('POST', '/categories', { name: 'Science' });
  await site.api('POST', '/authors', { name: 'Ida Brandt' });
});

test('By keyboard: an article is written, and published under two categories, the newer first', async () => {
  const page = await site.open('/articles/new');
  const keyboard = new Keyboard(page);
  await page.getByRole('textbox', { name: 'Title' }).waitFor();
  await keyboard.type('How the tide is measured');
  await keyboard.press('Enter');
  await text(page).waitFor();
  await keyboard.tabTo('textbox', 'Text');
  await keyboard.type('The first gauge was **a stick** in the harbour.');
  await keyboard.press('Enter');
  await keyboard.type('/head');
  await keyboard.press('Enter');
  await keyboard.type('What came after');
  await keyboard.press('Enter');
  await keyboard.type('- one');
  await keyboard.press('Enter');
  await keyboard.type('two');
  await keyboard.tabTo('combobox', 'Add a category');
  await keyboard.type('news');
  await page.getByRole('option', { name: /^News/ }).waitFor();
  await keyboard.press('Enter');
  await keyboard.type('Tides');
  const made = page.getByRole('option', { name: 'New category “Tides”' });
  await made.waitFor();
  // Enter alone makes nothing: it may have been meant for a name that is there, and was mistyped.
  await keyboard.press('Enter');
  await keyboard.press('ArrowDown');
  await made.and(page.locator('[data-highlighted]')).waitFor();
  expect((await site.api('GET', '/categories?q=Tides')).data).toEqual([]);
  await keyboard.press('Enter');
  await keyboard.tabTo('button', /^Move Tides/, 'Shift+Tab');
  await keyboard.press('ArrowUp');
  await page.getByText('Tides is 1 of 2 now.').waitFor();
  await keyboard.tabTo('combobox', 'Add an author');
  await keyboard.type('ida');
  await page.getByRole('option', { name: 'Ida Brandt' }).waitFor();
  await keyboard.press('Enter');
  await saved(page);
  await expectAccessible(page);
  await keyboard.tabTo('button', 'Publish', 'Shift+Tab');
  await keyboard.press('Enter');
  await page.getByText('The excerpt is empty.').waitFor();
  await expectAccessible(page);
  await keyboard.activate('button', 'Publish now');
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await site.api('GET', `/articles/${idOf(page)}`)).toMatchObject({
    title: 'How the tide is measured',
    slug: 'how-the-tide-is-measured',
    content: 'The first gauge was **a stick** in the harbour.\n\n## What came after\n\n- one\n- two',
    status: 'published',
    categories: [{ name: 'Tides' }, { name: 'News' }],
    authors: [{ name: 'Ida Brandt' }],
  });
});

test('By keyboard: an article is scheduled, and taken back', async () => {
  const { id } = await newArticle({ title: 'Later', content: 'x', categoryIds: [news.id] });
  const page = await site.open(`/articles/${id}`);
  const keyboard = new Keyboard(page);
  await text(page).waitFor();
  await keyboard.activate('button', 'Publish');
  await keyboard.tabTo('radio', 'Now');
  await keyboard.press('ArrowDown');
  await keyboard.activate('button', 'Schedule');
  await page
    .getByText(/^Goes live/)
    .first()
    .waitFor();
  expect((await site.api('GET', `/articles/${id}`)).status).toBe('scheduled');
  await keyboard.activate('button', 'Change the time');
  await keyboard.tabTo('radio', 'At a time');
  await keyboard.press('ArrowDown');
  await keyboard.activate('button', 'Back to draft');
  await page.getByText('Draft', { exact: true }).waitFor();
  expect((await site.api('GET', `/articles/${id}`)).status).toBe('draft');
});

test('By keyboard: a live article is changed without readers seeing it, then the change is published', async () => {
  const { id } = await newArticle({
    title: 'Tide tables',
    content: 'One.',
    categoryIds: [news.id],
    publishedAt: '2026-01-01T00:00:00Z',
  });
  const page = await site.open(`/articles/${id}`);
  const keyboard = new Keyboard(page);
  await text(page).waitFor();
  await keyboard.tabTo('textbox', 'Text');
  await keyboard.press('End');
  await keyboard.type(' Two.');
  await page.getByText(/^Live, changed since/).waitFor();
  await saved(page);
  expect((await site.api('GET', `/articles/${id}`)).content).toBe('One.');
  await keyboard.tabTo('textbox', 'Address');
  await keyboard.press('End');
  await keyboard.type(' Again!');
  await page.getByText('Readers who come to the old address, tide-tables, will be sent here.').waitFor();
  await saved(page);
  await keyboard.tabTo('button', 'Publish the change', 'Shift+Tab');
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await keyboard.activate('button', 'Publish the change');
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await site.api('GET', `/articles/${id}`)).toMatchObject({
    content: 'One. Two.',
    slug: 'tide-tables-again',
    hasDraft: false,
  });
});

test('By keyboard: a change of a live article is thrown away', async () => {
  const { id } = await newArticle({ title: 'Kept', content: 'One.', publishedAt: '2026-01-01T00:00:00Z' });
  const page = await site.open(`/articles/${id}`);
  const keyboard = new Keyboard(page);
  await text(page).waitFor();
  await keyboard.tabTo('textbox', 'Text');
  await keyboard.type('Two. ');
  await page.getByText(/^Live, changed since/).waitFor();
  await saved(page);
  await keyboard.tabTo('button', 'More', 'Shift+Tab');
  await keyboard.press('Enter');
  await keyboard.choose('Throw the change away');
  await page.getByRole('alertdialog').waitFor();
  await keyboard.activate('button', 'Throw the change away');
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await text(page).textContent()).toBe('One.');
  expect((await site.api('GET', `/articles/${id}`)).hasDraft).toBe(false);
});

test('By keyboard: an article goes to the trash from its own screen, and comes back by undo', async () => {
  const { id } = await newArticle({ title: 'Thrown away', content: 'One.' });
  const page = await site.open(`/articles/${id}`);
  const keyboard = new Keyboard(page);
  await text(page).waitFor();
  expect(await page.getByText('to read').count()).toBe(1);
  await keyboard.tabTo('textbox', 'Text');
  await keyboard.press('ControlOrMeta+A');
  await keyboard.press('Backspace');
  // An empty text has no words to be counted.
  await page.getByText('to read').waitFor({ state: 'detached' });
  await keyboard.tabTo('button', 'More', 'Shift+Tab');
  await keyboard.press('Enter');
  await keyboard.choose('Move to the trash');
  await page.getByText('“Thrown away” is in the trash').waitFor();
  await page.waitForURL('**/admin/articles');
  expect((await site.api('GET', '/articles?status=trashed')).data).toMatchObject([{ id }]);
  // The new screen takes the focus when it is there.
  await page.getByRole('heading', { name: 'Articles', exact: true }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  await keyboard.press('F6');
  await keyboard.activate('button', 'Undo');
  await page.getByText('“Thrown away” is back').waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  // With the words that were written last.
  expect(await site.api('GET', `/articles/${id}`)).toMatchObject({ status: 'draft', content: '' });
});

test('By keyboard: a category is taken out of an older article, and brought back from its history', async () => {
  const { id } = await newArticle({
    title: 'Old',
    content: 'x',
    categoryIds: [news.id, science.id],
    publishedAt: '2026-01-01T00:00:00Z',
  });
  const page = await site.open(`/articles/${id}`);
  const keyboard = new Keyboard(page);
  await keyboard.activate('button', 'Remove Science');
  await saved(page);
  await keyboard.tabTo('button', 'Publish the change', 'Shift+Tab');
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await keyboard.activate('button', 'Publish the change');
  await page.getByText('Live', { exact: true }).waitFor();
  expect((await site.api('GET', `/articles/${id}`)).categories).toHaveLength(1);
  // The button that had the focus is gone: it is at the beginning of the screen.
  await page.locator('main:focus').waitFor();
  await keyboard.tabTo('button', 'History');
  await keyboard.press('Enter');
  await page.getByText('News, Science').waitFor();
  await expectAccessible(page);
  await keyboard.tabTo('button', /Created/);
  await keyboard.press('Enter');
  await keyboard.activate('button', 'Restore this version');
  await page.getByText('Restored', { exact: true }).waitFor();
  expect((await site.api('GET', `/articles/${id}`)).categories.map((each: { name: string }) => each.name)).toEqual([
    'News',
    'Science',
  ]);
});

test('A live article that is taken back keeps what was changed in it', async () => {
  const { id } = await newArticle({ title: 'Taken back', content: 'One.', publishedAt: '2026-01-01T00:00:00Z' });
  const page = await site.open(`/articles/${id}`);
  await text(page).focus();
  await page.keyboard.type('Two. ');
  await page.getByText(/^Live, changed since/).waitFor();
  await saved(page);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Date, or back to draft' }).click();
  await page.getByRole('radio', { name: 'Not at all: back to draft' }).check();
  await page.getByRole('button', { name: 'Back to draft' }).click();
  await page.getByText('Draft', { exact: true }).waitFor();
  expect(await site.api('GET', `/articles/${id}`)).toMatchObject({
    status: 'draft',
    content: 'Two. One.',
    hasDraft: false,
  });
});

test('The date of a live article says what it does: a day to come hides the article until then, and none does nothing', async () => {
  const { id } = await newArticle({ title: 'Dated', content: 'One.', publishedAt: '2026-01-01T00:00:00Z' });
  const page = await site.open(`/articles/${id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Date, or back to draft' }).click();
  const dialog = page.getByRole('dialog', { name: 'Date, or back to draft' });
  const time = dialog.getByLabel('Time', { exact: true });
  await time.fill('');
  await dialog.getByRole('button', { name: 'Schedule' }).click();
  await dialog.getByText('Choose a day and a time.').waitFor();
  await time.fill('2025-05-05T09:00');
  await dialog.getByRole('button', { name: 'Change the date' }).waitFor();
  await time.fill('2099-05-05T09:00');
  await dialog.getByText(/will not see it again before/).waitFor();
  await dialog.getByRole('button', { name: 'Hide it until then' }).click();
  await page
    .getByText(/^Goes live/)
    .first()
    .waitFor();
  expect((await site.api('GET', `/articles/${id}`)).status).toBe('scheduled');
});
