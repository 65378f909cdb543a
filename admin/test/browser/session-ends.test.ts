import { expect, test } from 'vitest';
import { expectAccessible } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { ADMIN, PASSWORD, useSite } from './harness/site.ts';

const site = useSite();

/** Ends all sessions of the admin but that of the test, as a new password elsewhere does. */
const endSessions = () => site.api('DELETE', '/sessions');

async function signedInPage(path: string) {
  const page = await site.open(`/sign-in?to=${path}`, { cookies: null });
  await site.api('GET', '/account');
  await page.goto(`${site.server.origin}/admin/sign-in?to=${path}`);
  await page.getByLabel('Email address').fill(ADMIN.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Maud Sailer Admin' }).waitFor();
  return page;
}

test('By keyboard: a session that ends in the middle of a form is begun again on top of it, and the form is sent', async () => {
  const page = await signedInPage('/tokens');
  const keyboard = new Keyboard(page);
  await keyboard.activate('button', 'Create token');
  await keyboard.fill('Name', 'half a sentence');
  await endSessions();
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
  await expectAccessible(page);
  expect((await site.api('GET', '/tokens')).data).toEqual([]);
  await keyboard.press('Escape');
  await keyboard.fill('Password', 'not the password');
  await keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await keyboard.fill('Password', PASSWORD);
  await keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Token for half a sentence' }).waitFor();
  expect((await site.api('GET', '/tokens')).data).toHaveLength(1);
});

test('By keyboard: a session elsewhere is ended, and the focus stays among those that are left', async () => {
  await signedInPage('/account');
  const page = await site.open('/account');
  const keyboard = new Keyboard(page);
  const others = page.getByRole('button', { name: /^End the session/ });
  await others.first().waitFor();
  const before = await others.count();
  await keyboard.tabTo('button', /^End the session/);
  await keyboard.press('Enter');
  await expect.poll(() => others.count()).toBe(before - 1);
  await page.getByRole('list', { name: 'Sessions' }).and(page.locator(':focus')).waitFor();
});

test('Somebody else who signs in there gets a fresh page: what waited is not sent in their name', async () => {
  await site.signedIn('ada@rubric.example', 'editor');
  const page = await signedInPage('/account');
  await page.getByLabel('Name').fill('Maud, renamed');
  await endSessions();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
  await page.getByLabel('Email address').fill('ada@rubric.example');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'ada Editor' }).waitFor();
  const { data } = await site.api('GET', '/accounts');
  expect(data.map(({ name }: { name: string }) => name).sort()).toEqual(['Maud Sailer', 'ada']);
});

test('A server that is away for a moment is asked again; one that stays away is said to be', async () => {
  const page = await signedInPage('/account');
  await page.getByLabel('Name').fill('Maud S.');
  await site.server.stop();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('The server cannot be reached').waitFor();
  await site.server.start();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Maud S. Admin' }).waitFor();
});
