import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { useSite } from './harness/site.ts';

const site = useSite();
const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });
const saved = (page: Page) => page.locator('[data-save="saved"]', { hasText: 'Saved' }).waitFor();
const newLive = (body: object) => site.api('POST', '/articles', { publishedAt: '2026-01-01T00:00:00Z', ...body });

test('A version of the history is restored, and by undo it is as it was before', async () => {
  const { id } = await newLive({ title: 'Undone', content: 'One.' });
  await site.api('PATCH', `/articles/${id}`, { content: 'Two.' });
  const content = async () => (await site.api('GET', `/articles/${id}`)).content;
  const page = await site.open(`/articles/${id}`);
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: /Created/ }).click();
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await page.getByText('Restored', { exact: true }).waitFor();
  expect(await content()).toBe('One.');
  await expect.poll(() => text(page).textContent()).toBe('One.');
  expect(await page.getByText(/^Somebody else has changed/).count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await vi.waitFor(async () => expect(await content()).toBe('Two.'), { timeout: 30_000 });
  await expect.poll(() => text(page).textContent()).toBe('Two.');
});

test('The history says what happened in words, not by the names of the API', async () => {
  const { id } = await site.api('POST', '/articles', { title: 'Back', content: 'One.', publishedAt: null });
  await site.api('DELETE', `/articles/${id}`);
  await site.api('POST', `/articles/${id}/restore`);
  const page = await site.open(`/articles/${id}`);
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('dialog').getByText('In the trash → Draft').waitFor();
});

test('A live article without a working draft is opened without asking for one', async () => {
  const { id } = await site.api('POST', '/articles', { title: 'Live', content: 'Readers see this.' });
  const page = await site.open('/articles');
  const failed: string[] = [];
  page.on('response', (response) => response.status() >= 400 && failed.push(response.url()));
  await page.goto(`${site.server.origin}/admin/articles/${id}`);
  await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  expect(failed).toEqual([]);
});

test('A version is not restored over words that could not be saved before', async () => {
  const { id } = await newLive({ title: 'Not restored', content: 'One.' });
  await site.api('PATCH', `/articles/${id}`, { content: 'Two.' });
  const page = await site.open(`/articles/${id}`);
  await page.route(`**/articles/${id}/draft`, (route) =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  );
  await text(page).focus();
  await page.keyboard.type('Three. ');
  await page.locator('[data-save="unreachable"]').waitFor();
  await page.getByRole('button', { name: 'History' }).click();
  await page.getByRole('button', { name: /Created/ }).click();
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await page.getByText('The version could not be restored').first().waitFor();
  expect((await site.api('GET', `/articles/${id}`)).content).toBe('Two.');
  expect(await text(page).textContent()).toBe('Three. Two.');
});

test('A change that meets another one is decided between it and what is live now', async () => {
  const { id } = await newLive({ title: 'Tides', content: 'One.' });
  const page = await site.open(`/articles/${id}`);
  await text(page).focus();
  await page.keyboard.type('Mine. ');
  await page.getByText(/^Live, changed since/).waitFor();
  await saved(page);
  await site.api('PATCH', `/articles/${id}`, { content: 'Theirs. One.' });
  await page.getByRole('button', { name: 'Publish the change' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish the change' }).click();
  const dialog = page.getByRole('dialog', { name: 'Two versions' });
  await dialog.waitFor();
  expect(await dialog.locator('label', { hasText: 'Live now' }).textContent()).toBe('Live nowTheirs. One.');
  await dialog.getByRole('radio', { name: /^Live now/ }).check();
  await dialog.getByRole('button', { name: 'Publish the change' }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await site.api('GET', `/articles/${id}`)).toMatchObject({ content: 'Theirs. One.', hasDraft: false });
});

test('A working draft whose article somebody else hides is in the article, and goes on there', async () => {
  const { id } = await newLive({ title: 'Hidden', content: 'One.' });
  const page = await site.open(`/articles/${id}`);
  await text(page).focus();
  await page.keyboard.type('Two. ');
  await page.getByText(/^Live, changed since/).waitFor();
  await saved(page);
  await site.api('PATCH', `/articles/${id}`, { publishedAt: null });
  await page.keyboard.type('Three. ');
  await page.getByText('Draft', { exact: true }).waitFor();
  await saved(page);
  expect(await text(page).textContent()).toBe('Two. Three. One.');
  expect(await site.api('GET', `/articles/${id}`)).toMatchObject({ content: 'Two. Three. One.', hasDraft: false });
});

test('A change is not thrown away with what somebody else has written in it since', async () => {
  const { id } = await newLive({ title: 'Shared change', content: 'One.' });
  await site.api('PATCH', `/articles/${id}/draft`, { content: 'Two.' });
  const page = await site.open(`/articles/${id}`);
  await text(page).waitFor();
  await site.api('PATCH', `/articles/${id}/draft`, { excerpt: 'Of somebody else' });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Throw the change away' }).click();
  await page.getByRole('button', { name: 'Throw the change away' }).click();
  await page.getByText('The change could not be thrown away').first().waitFor();
  expect(await site.api('GET', `/articles/${id}/draft`)).toMatchObject({ excerpt: 'Of somebody else' });
});

test('A change moves no button away from the pointer', async () => {
  const { id } = await newLive({ title: 'Still', content: 'One.' });
  const page = await site.open(`/articles/${id}`);
  const history = page.getByRole('button', { name: 'History' });
  const before = await history.boundingBox();
  await text(page).focus();
  await page.keyboard.type('Two. ');
  await page.getByRole('button', { name: 'Publish the change' }).waitFor();
  expect(await history.boundingBox()).toEqual(before);
});

test('The first version of a long text is restored without scrolling, and says only what was in it', async () => {
  const { id } = await newLive({ title: 'Long', content: 'A line of many.\n\n'.repeat(80) });
  await site.api('PATCH', `/articles/${id}`, { title: 'Longer' });
  const page = await site.open(`/articles/${id}`);
  await page.getByRole('button', { name: 'History' }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  await dialog.getByText('The newest version.').waitFor();
  // The focus is where the versions are.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('ul')?.getAttribute('aria-label')))
    .toBe('Saved versions');
  await dialog.getByRole('button', { name: /Created/ }).click();
  await dialog.getByText('A line of many.').first().waitFor();
  const restore = dialog.getByRole('button', { name: 'Restore this version' });
  const isInSight = () =>
    restore.evaluate((button) => {
      const { left, top } = button.getBoundingClientRect();
      return button.contains(document.elementFromPoint(left + 5, top + 5));
    });
  expect(await isInSight()).toBe(true);
  await dialog.getByText('Language of the text').scrollIntoViewIfNeeded();
  expect(await isInSight()).toBe(true);
  expect(await dialog.getByText('nothing').count()).toBe(0);
  expect(await dialog.getByText('Excerpt').count()).toBe(0);
});
