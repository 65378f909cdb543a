import { expect, test } from 'vitest';
import { totp } from '../../../server/test/harness/totp.ts';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { ADMIN, PASSWORD, useSite } from './harness/site.ts';

const site = useSite();
const NEW_PASSWORD = 'another sentence of hers, a longer one';

test('By keyboard: the first admin is made with the printed code, signs out and in again', async () => {
  const page = await site.open('', { cookies: null });
  const keyboard = new Keyboard(page);
  await page.waitForURL('**/admin/setup');
  await page.getByRole('heading', { name: 'Welcome to Rubric' }).waitFor();
  await expectAccessible(page);
  await expectReflow(page);
  await keyboard.fill('Code', 'AAAA-AAAA');
  await keyboard.fill('Your name', ADMIN.name);
  await keyboard.fill('Email address', ADMIN.email);
  await keyboard.fill('New password', PASSWORD);
  await keyboard.press('Enter');
  await page.getByText('The code is not the one that the server printed last.').waitFor();
  await page.getByRole('textbox', { name: 'Code' }).and(page.locator(':focus')).waitFor();
  await keyboard.fill('Code', await site.server.find(/with the code (\S+)\./));
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Maud Sailer Admin' }).waitFor();

  await keyboard.press('ControlOrMeta+K');
  await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
  await keyboard.type('sign out');
  await keyboard.press('Enter');
  await page.waitForURL('**/admin/sign-in');
  await expectAccessible(page);
  await expectReflow(page);
  await keyboard.fill('Email address', ADMIN.email);
  await keyboard.fill('Password', 'not the password');
  await keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await keyboard.fill('Password', PASSWORD);
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Maud Sailer Admin' }).waitFor();
});

test('A link to a screen leads there after the sign-in, and to no other site', async () => {
  const page = await site.open('/shortcuts', { cookies: null });
  await page.waitForURL('**/admin/sign-in?to=*');
  await page.getByLabel('Email address').fill(ADMIN.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  // Two, because ten attempts on an account are all that there are for this file.
  for (const to of ['//evil.example/', '/\\evil.example/']) {
    const other = await site.open(`/sign-in?to=${encodeURIComponent(to)}`, { cookies: null });
    await other.getByLabel('Email address').fill(ADMIN.email);
    await other.getByLabel('Password').fill(PASSWORD);
    await other.keyboard.press('Enter');
    await other.getByRole('button', { name: 'Maud Sailer Admin' }).waitFor();
    expect(new URL(other.url()).origin).toBe(site.server.origin);
  }
});

test('By keyboard: a forgotten password is replaced through the link in the mail', async () => {
  const page = await site.open('/sign-in', { cookies: null });
  const keyboard = new Keyboard(page);
  await keyboard.activate('link', 'Forgotten your password?');
  await page.getByRole('heading', { name: 'Forgotten password' }).waitFor();
  await expectAccessible(page);
  await keyboard.fill('Email address', ADMIN.email);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
  const link = await site.server.find(/(http:\S+\/new-password#token=[\w-]+)/);
  await page.goto(link);
  await page.getByRole('heading', { name: 'New password' }).waitFor();
  expect(page.url()).not.toContain('token');
  await expectAccessible(page);
  await keyboard.fill('New password', 'short');
  await keyboard.press('Enter');
  await page
    .getByText(/at least 12 characters/i)
    .last()
    .waitFor();
  await keyboard.fill('New password', NEW_PASSWORD);
  await keyboard.press('Enter');
  await keyboard.activate('link', 'Sign in');
  await keyboard.fill('Email address', ADMIN.email);
  await keyboard.fill('Password', NEW_PASSWORD);
  await keyboard.press('Enter');
  await page.getByRole('button', { name: 'Maud Sailer Admin' }).waitFor();
});

test('By keyboard: a second factor is set up from its QR code, and then asked for', async () => {
  const page = await site.open('/sign-in?to=/account', { cookies: null });
  const keyboard = new Keyboard(page);
  await keyboard.fill('Email address', ADMIN.email);
  await keyboard.fill('Password', NEW_PASSWORD);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await expectAccessible(page);
  await expectReflow(page);
  await keyboard.activate('button', 'Turn on');
  await page.getByRole('dialog').waitFor();
  await keyboard.fill('Current password', NEW_PASSWORD);
  await keyboard.press('Enter');
  await page.getByRole('img', { name: 'QR code of the secret' }).waitFor();
  await expectAccessible(page);
  const secret = await page.getByLabel('Or type this secret into it').inputValue();
  await keyboard.fill('The code that it shows now', totp(secret));
  await keyboard.press('Enter');
  await page.getByText('They are not shown again').waitFor();
  const recoveryCode = (await page.getByRole('dialog').getByRole('listitem').first().textContent()) ?? '';
  await keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await keyboard.activate('button', 'I have kept them');
  await page.getByText('Signing in asks for a code').waitFor();

  const again = await site.open('/sign-in', { cookies: null });
  const keys = new Keyboard(again);
  await keys.fill('Email address', ADMIN.email);
  await keys.fill('Password', NEW_PASSWORD);
  await keys.press('Enter');
  await again.getByLabel('Code', { exact: true }).waitFor();
  await expectAccessible(again);
  // The code of the next half minute: the one of this has been used.
  await keys.fill('Code', totp(secret, 1));
  await keys.press('Enter');
  await again.getByRole('button', { name: 'Maud Sailer Admin' }).waitFor();

  const lost = await site.open('/sign-in', { cookies: null });
  const withRecovery = new Keyboard(lost);
  await withRecovery.fill('Email address', ADMIN.email);
  await withRecovery.fill('Password', NEW_PASSWORD);
  await withRecovery.press('Enter');
  await withRecovery.activate('button', 'Use a recovery code');
  await withRecovery.fill('Recovery code', recoveryCode);
  await withRecovery.press('Enter');
  await lost.getByRole('button', { name: 'Maud Sailer Admin' }).waitFor();
});
