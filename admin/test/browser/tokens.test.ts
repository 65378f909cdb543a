import { expect, test } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();
const statusWith = async (token: string) =>
  (await fetch(`${site.server.origin}/articles?status=draft`, { headers: { authorization: `Bearer ${token}` } }))
    .status;

test('By keyboard: a token is created, works, and is revoked', async () => {
  const page = await site.open('/tokens');
  const keyboard = new Keyboard(page);
  await page.getByRole('heading', { name: 'No tokens yet' }).waitFor();
  await expectAccessible(page);
  await keyboard.activate('button', 'Create token');
  await page.getByRole('dialog', { name: 'New token' }).waitFor();
  await expectAccessible(page);
  await keyboard.fill('Name', 'front end');
  await keyboard.tabTo('combobox', 'Owner');
  await keyboard.press('Enter');
  await page.getByRole('option', { name: /^The installation/ }).waitFor();
  await keyboard.type('The');
  await keyboard.press('Enter');
  await keyboard.activate('button', 'Create token');
  const token = await page.getByLabel('Token', { exact: true }).inputValue();
  // It is shown once: a key or a click beside it does not close it.
  await keyboard.press('Escape');
  await page.mouse.click(5, 5);
  expect(await statusWith(token)).toBe(200);
  expect((await site.api('GET', '/tokens')).data[0]).toMatchObject({ role: 'reader', readOnly: true, accountId: null });
  await keyboard.activate('button', 'Done');
  await page.getByRole('button', { name: 'Create token' }).and(page.locator(':focus')).waitFor();
  await page.getByRole('row', { name: /front end.*Installation/ }).waitFor();
  await expectAccessible(page);
  await expectReflow(page);

  await keyboard.activate('button', 'Revoke front end');
  await page.getByRole('alertdialog').waitFor();
  await keyboard.activate('button', 'Revoke');
  await page.getByText('revoked', { exact: true }).waitFor();
  expect(await statusWith(token)).toBe(401);
});
