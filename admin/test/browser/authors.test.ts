import { expect, test } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();

test('By keyboard: an author is added, changed, and deleted after it was said what happens', async () => {
  const page = await site.open('/authors');
  const keyboard = new Keyboard(page);
  await page.getByText('No authors yet').waitFor();
  await keyboard.activate('button', 'New author');
  await page.getByRole('dialog', { name: 'New author' }).waitFor();
  await keyboard.fill('Name', '  ');
  await keyboard.press('Enter');
  await page.getByRole('dialog').locator('[data-invalid]').first().waitFor();
  await keyboard.tabTo('textbox', 'Name', 'Shift+Tab');
  await keyboard.fill('Name', 'Maud Okafor');
  await keyboard.press('Enter');
  await page.getByText('Maud Okafor was added').first().waitFor();
  await page.getByRole('link', { name: 'Maud Okafor' }).waitFor();
  await expectAccessible(page);
  await expectReflow(page);

  await keyboard.activate('button', 'Actions for Maud Okafor');
  await keyboard.choose('Edit');
  await page.getByRole('dialog', { name: 'Edit Maud Okafor' }).waitFor();
  await keyboard.fill('Address', 'maud');
  await keyboard.fill('About', 'Writes about ferries.');
  await expectAccessible(page);
  await keyboard.activate('button', 'Save');
  await page.getByText('Maud Okafor is saved').first().waitFor();
  const author = await site.api('GET', '/authors/maud');
  expect(author).toMatchObject({ name: 'Maud Okafor', bio: 'Writes about ferries.' });

  await site.api('POST', '/articles', { title: 'Ferries', authorIds: [author.id] });
  await site.api('POST', '/articles', { title: 'Tides', authorIds: [author.id], publishedAt: null });
  await keyboard.activate('button', 'Actions for Maud Okafor');
  await keyboard.choose('Delete');
  await page.getByText('2 articles lose this name. The articles stay.').waitFor();
  await keyboard.activate('button', 'Delete');
  await page.getByText('Maud Okafor is deleted').first().waitFor();
  await page.getByText('No authors yet').waitFor();
  expect((await site.api('GET', '/articles?status=published,draft')).data).toHaveLength(2);
});

test('An author is found by name, and the name leads to the articles', async () => {
  for (let n = 1; n <= 14; n += 1) await site.api('POST', '/authors', { name: `Writer ${n}` });
  const page = await site.open('/authors');
  await page.getByLabel('Find an author').fill('writer 13');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  await page.getByRole('link', { name: 'Writer 13' }).click();
  await page.getByRole('button', { name: 'Author: Writer 13' }).waitFor();
  await page.getByText('Nothing matches').waitFor();
});
