import { expect, test } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();

test('By keyboard: an old address leads to an article, is found, deleted, and made again by undo', async () => {
  const { id } = await site.api('POST', '/articles', { title: 'Ferries at dawn' });
  const page = await site.open('/redirects');
  const keyboard = new Keyboard(page);
  await page.getByText('No redirects yet').waitFor();
  await keyboard.activate('button', 'New redirect');
  await page.getByRole('dialog', { name: 'New redirect' }).waitFor();
  await keyboard.fill('Old path', 'https://old.example/2019/05/ferries/?utm=1');
  await keyboard.tabTo('combobox', 'An article');
  await keyboard.type('dawn');
  await page.getByRole('option', { name: /Ferries at dawn/ }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove Ferries at dawn' }).waitFor();
  await expectAccessible(page);
  await keyboard.activate('button', 'Add');
  await page.getByText('/2019/05/ferries leads on now').first().waitFor();
  await page.getByRole('link', { name: 'Ferries at dawn' }).waitFor();
  expect(await site.api('GET', '/resolve?path=/2019/05/ferries/')).toMatchObject({ type: 'article', id });
  await expectAccessible(page);
  await expectReflow(page);

  // The same path twice is refused at the field.
  await keyboard.activate('button', 'New redirect');
  await keyboard.fill('Old path', '/2019/05/ferries');
  await keyboard.tabTo('combobox', 'Leads to');
  await keyboard.press('Enter');
  await page.getByRole('option', { name: /gone on purpose/ }).waitFor();
  await keyboard.type('nothing');
  await keyboard.press('Enter');
  await keyboard.activate('button', 'Add');
  await page.getByRole('dialog').getByText('The path has a redirect already.').waitFor();
  await keyboard.press('Escape');

  await keyboard.fill('Find an old path', 'https://old.example/2019/05/ferries/');
  await keyboard.press('Enter');
  await page.getByText('1 redirect of this path').waitFor();
  await keyboard.activate('button', 'Delete the redirect of /2019/05/ferries');
  await page.getByText('The redirect of /2019/05/ferries is deleted').first().waitFor();
  await page.getByText('No redirect has this path').waitFor();
  await keyboard.press('F6');
  await keyboard.activate('button', 'Undo');
  await page.getByRole('link', { name: 'Ferries at dawn' }).waitFor();
});

test('An author has no redirects to manage', async () => {
  const cookies = await site.signedIn('author@rubric.example', 'author');
  const page = await site.open('/articles', { cookies });
  await page.getByRole('link', { name: 'Authors' }).waitFor();
  expect(await page.getByRole('link', { name: 'Redirects' }).count()).toBe(0);
});
