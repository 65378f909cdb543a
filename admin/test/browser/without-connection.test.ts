import { expect, test } from 'vitest';
import { useSite } from './harness/site.ts';

const site = useSite();

test('A dialog that cannot be loaded closes with a message; the text stays, and the next time it opens', async () => {
  const { id } = await site.api('POST', '/articles', { title: 'On the train', content: 'One.', publishedAt: null });
  const page = await site.open('/articles');
  await page.route(/publish-dialog/, (route) => route.abort());
  await page.getByRole('link', { name: 'On the train' }).click();
  const text = page.getByRole('textbox', { name: 'Text', exact: true });
  await text.focus();
  await page.keyboard.type('Written in a tunnel. ');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('This could not be opened').first().waitFor();
  expect(await text.textContent()).toBe('Written in a tunnel. One.');
  await page.unroute(/publish-dialog/);
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog', { name: 'Publish' }).getByRole('button', { name: 'Publish now' }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  expect(await site.api('GET', `/articles/${id}`)).toMatchObject({ content: 'Written in a tunnel. One.' });
});

test('So does the palette, and a filter', async () => {
  const page = await site.open('/articles');
  await page.route(/palette|category-picker/, (route) => route.abort());
  await page.getByRole('link', { name: 'On the train' }).waitFor();
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByText('This could not be opened').first().waitFor();
  await page.getByRole('button', { name: 'Categories', exact: true }).click();
  await expect.poll(() => page.getByText('This could not be opened', { exact: true }).count()).toBeGreaterThan(1);
  await page.unroute(/palette|category-picker/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox', { name: 'Search and commands' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Categories', exact: true }).click();
  await page.getByRole('combobox', { name: 'In any of' }).waitFor();
});

test('A screen that cannot be loaded without a connection says so inside the site, and comes when it is back', async () => {
  const page = await site.open('/articles');
  // One whose loader is waited for, and one that only its code keeps away.
  for (const name of ['Redirects', 'Categories']) {
    const link = page.getByRole('link', { name, exact: true });
    await link.waitFor();
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await link.click();
    await page.getByText(/The server cannot be reached/).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
  }
});

test('What is sent without a connection is said to have failed, and can be sent again', async () => {
  const page = await site.open('/authors');
  await page.getByRole('button', { name: 'New author' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Ida Brandt');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText(/The server cannot be reached/).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Ida Brandt was added').waitFor();
});

test('What was not found because nothing answered is not said to be missing', async () => {
  const { id } = await site.api('POST', '/categories', { name: 'Tunnels' });
  const page = await site.open(`/categories/${id}`);
  const answer = /cannot be reached/;
  await page.getByRole('button', { name: 'Actions for Tunnels' }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Actions for Tunnels' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByText(answer).waitFor();
  await page.keyboard.press('Escape');
  await page.context().setOffline(false);

  await page.goto(`${site.server.origin}/admin/articles/new`);
  await page.getByRole('textbox', { name: 'Text', exact: true }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('combobox', { name: 'Add a category' }).fill('unheard');
  await page.getByText(answer).first().waitFor();
  expect(await page.getByRole('option', { name: /New category/ }).count()).toBe(0);
});
