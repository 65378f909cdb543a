import { expect, test } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();

test('By keyboard: the audit log is filtered, the filter is in the URL, and shows what changed', async () => {
  const author = await site.api('POST', '/authors', { name: 'Jonas' });
  await site.api('PATCH', `/authors/${author.id}`, { name: 'Jonas Wick' });
  for (let category = 0; category < 60; category++)
    await site.api('POST', '/categories', { name: `Category ${category}` });
  const page = await site.open('/audit');
  const keyboard = new Keyboard(page);
  await page
    .getByRole('row', { name: /Created the category “Category/ })
    .first()
    .waitFor();
  await expectAccessible(page);
  await expectReflow(page);
  await keyboard.activate('button', 'Show more');
  await page.getByRole('row', { name: /Created author/ }).waitFor();

  await keyboard.tabTo('combobox', 'About');
  await keyboard.press('Enter');
  await page.getByRole('option', { name: 'Authors' }).waitFor();
  await keyboard.type('Authors');
  await keyboard.press('Enter');
  await page
    .getByRole('row', { name: /Created the category “Category/ })
    .first()
    .waitFor({ state: 'detached' });
  expect(page.url()).toContain('subject=author');
  await keyboard.tabTo('combobox', 'Action');
  await keyboard.press('Enter');
  await page.getByRole('option', { name: 'Changed an author' }).waitFor();
  await keyboard.type('Changed an author');
  await keyboard.press('Enter');
  await page.waitForURL('**/audit?*action=author.change*');
  await page.getByRole('row', { name: /Created author/ }).waitFor({ state: 'detached' });
  expect(await page.getByRole('row', { name: /Maud Sailer.*Changed author 1/ }).count()).toBe(1);

  await page.reload();
  await keyboard.activate('button', /^Name/);
  const values = page.getByRole('dialog', { name: 'Values of “Changed author 1”' });
  await values.getByRole('row', { name: 'Name Jonas Jonas Wick', exact: true }).waitFor();
  await expectAccessible(page);
  await keyboard.press('Escape');

  await keyboard.fill('From', '01012030');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'No entries' }).waitFor();
  await keyboard.activate('button', 'Clear filters');
  await page
    .getByRole('row', { name: /Created the category “Category/ })
    .first()
    .waitFor();
  expect(new URL(page.url()).search).toBe('');
});

test('An entry names what it is about as it is called now, and by its number what is gone', async () => {
  const article = await site.api('POST', '/articles', { title: 'Low water' });
  await site.api('PATCH', `/articles/${article.id}`, { title: 'High water' });
  const category = await site.api('POST', '/categories', { name: 'Tides' });
  await site.api('DELETE', `/categories/${category.id}`);
  const page = await site.open('/audit');
  await page.getByText('Changed the article “High water”').waitFor();
  await page.getByText('Created the article “High water”').waitFor();
  await page.getByText(`Deleted category ${category.id}`).waitFor();
});
