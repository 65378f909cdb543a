import { expect, test } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { PASSWORD, useSite } from './harness/site.ts';

const site = useSite();

test('By keyboard: a colleague is invited, accepts and writes under a byline', async () => {
  await site.api('POST', '/authors', { name: 'Jonas Wick' });
  const page = await site.open('/accounts');
  const keyboard = new Keyboard(page);
  await keyboard.activate('button', 'Invite');
  await page.getByRole('dialog', { name: 'Invite somebody' }).waitFor();
  await expectAccessible(page);
  await keyboard.fill('Email address', 'jonas@rubric.example');
  await keyboard.tabTo('combobox', 'Role');
  await keyboard.press('Enter');
  await page.getByRole('option', { name: /^Editor/ }).waitFor();
  await keyboard.type('Editor');
  await keyboard.press('Enter');
  await keyboard.tabTo('combobox', 'Byline');
  await keyboard.press('Enter');
  await page.getByRole('option', { name: 'Jonas Wick' }).waitFor();
  await keyboard.type('Jonas');
  await keyboard.press('Enter');
  await keyboard.activate('button', 'Send invitation');
  const link = await page.getByLabel('Link').inputValue();
  expect(await site.server.find(/(http:\S+\/accept-invitation#token=[\w-]+)/)).toBe(link);
  await keyboard.activate('button', 'Done');
  await page.getByRole('rowheader', { name: 'jonas@rubric.example' }).waitFor();

  const other = await site.open('/', { cookies: null });
  await other.goto(link);
  const keys = new Keyboard(other);
  await keys.fill('Your name', 'Jonas Wick');
  await expectAccessible(other);
  await keys.fill('New password', PASSWORD);
  await keys.press('Enter');
  await other.getByRole('button', { name: 'Jonas Wick Editor' }).waitFor();
  const { data } = await site.api('GET', '/accounts');
  expect(data).toContainEqual(expect.objectContaining({ email: 'jonas@rubric.example', role: 'editor', authorId: 1 }));

  await other.goto(link);
  await other.getByLabel('Your name').fill('Jonas');
  await other.getByLabel('New password').fill(PASSWORD);
  await other.keyboard.press('Enter');
  await other.getByRole('alert').waitFor();
});

test('By keyboard: an account changes its role, is suspended, let in again and deleted', async () => {
  const [cookie] = await site.signedIn('lin@rubric.example', 'reader');
  const page = await site.open('/accounts');
  const keyboard = new Keyboard(page);
  await page.getByRole('rowheader', { name: /lin@/ }).waitFor();
  await expectAccessible(page);
  await expectReflow(page);
  const choose = async (action: string) => {
    await keyboard.activate('button', 'Actions for lin');
    await keyboard.choose(action);
  };

  await choose('Edit');
  await keyboard.fill('Name', 'Lin Berg');
  await keyboard.tabTo('combobox', 'Role');
  await keyboard.press('Enter');
  await page.getByRole('option', { name: /^Author/ }).waitFor();
  await keyboard.type('Author');
  await keyboard.press('Enter');
  await keyboard.fill('Name', 'lin');
  await keyboard.press('Enter');
  await page.getByRole('row', { name: /lin@.*Author/ }).waitFor();

  await choose('Suspend');
  await page.getByText('lin is suspended').waitFor();
  expect(
    (await fetch(`${site.server.origin}/account`, { headers: { cookie: `${cookie?.name}=${cookie?.value}` } })).status,
  ).toBe(401);
  await page.keyboard.press('F6');
  await keyboard.activate('button', 'Undo');
  await page.getByText('lin can sign in again').waitFor();
  await page.getByText('suspended', { exact: true }).waitFor({ state: 'detached' });

  await choose('Delete');
  await page.getByRole('alertdialog', { name: 'Delete the account of lin?' }).waitFor();
  await expectAccessible(page);
  await keyboard.activate('button', 'Delete');
  await page.getByRole('rowheader', { name: /lin@/ }).waitFor({ state: 'detached' });
  // The focus was in a row that is gone.
  await page.locator('main:focus').waitFor();
});

test('A problem is shown at its field: the last admin cannot be demoted', async () => {
  const page = await site.open('/accounts');
  await page.getByRole('button', { name: 'Actions for Maud Sailer' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: /^Editor/ }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('last admin').waitFor();
});

test('Roles see what they may do: a reader has no accounts, no audit log, and gets a sentence for its address', async () => {
  const page = await site.open('/', { cookies: await site.signedIn('rea@rubric.example', 'reader') });
  await page.getByRole('button', { name: 'rea Reader' }).waitFor();
  expect(await page.getByRole('link', { name: 'Accounts' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
  await page.goto(`${site.server.origin}/admin/accounts`);
  await page.getByRole('heading', { name: 'This page is for others' }).waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await expectAccessible(page);
});
