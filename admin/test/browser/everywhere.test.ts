import { describe, expect, test } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();

test('By keyboard: the palette goes to a screen, and shows the shortcuts', async () => {
  const page = await site.open('/account');
  const keyboard = new Keyboard(page);
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await keyboard.press('ControlOrMeta+K');
  await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
  await expectAccessible(page);
  await keyboard.type('audit');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Audit log' }).waitFor();
  await keyboard.press('ControlOrMeta+/');
  await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  // Those that one place has are there, too.
  for (const place of ['In a text', 'In the list of articles', 'In the tree of categories'])
    await page.getByRole('heading', { name: place }).waitFor();
  await expectAccessible(page);
  await expectReflow(page);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  await keyboard.press('ControlOrMeta+K');
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('By keyboard: the palette goes to an article, a category and the articles of an author', async () => {
  const food = await site.api('POST', '/categories', { name: 'Food' });
  const bread = await site.api('POST', '/categories', { name: 'Bread', parentId: food.id });
  const author = await site.api('POST', '/authors', { name: 'Zoë Ångström' });
  const article = await site.api('POST', '/articles', { title: 'Sourdough at dawn', publishedAt: null });
  const page = await site.open('/account');
  const keyboard = new Keyboard(page);
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  const goTo = async (words: string, option: string, url: string) => {
    await keyboard.press('ControlOrMeta+K');
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
    await keyboard.type(words);
    await page.getByRole('option', { name: option }).waitFor();
    await keyboard.press('Enter');
    await page.waitForURL(`**/admin${url}`);
  };
  await goTo('sourd', 'Sourdough at dawn Draft', `/articles/${article.id}`);
  await goTo('brea', 'Bread Food', `/categories/${bread.id}`);
  await goTo('zoe ang', 'Zoë Ångström', `/articles?author=${author.id}`);
});

test('By keyboard: the theme is chosen, and is the same in another browser', async () => {
  const page = await site.open('/account');
  const keyboard = new Keyboard(page);
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  const light = await background();
  await keyboard.press('ControlOrMeta+K');
  await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
  const saved = page.waitForResponse((response) => response.request().method() === 'PUT' && response.ok());
  await keyboard.type('dark theme');
  await keyboard.press('Enter');
  await saved;
  expect(await background()).not.toBe(light);
  const other = await site.open('/account');
  await other.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
  await site.api('PUT', '/account/preferences', { values: {} });
});

test('The skip link is the first thing that Tab reaches', async () => {
  const page = await site.open('/account');
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
});

test('A narrow window has the navigation in a drawer, by keyboard too', async () => {
  const page = await site.open('/account', { width: 360, height: 740 });
  const keyboard = new Keyboard(page);
  await keyboard.activate('button', 'Open the navigation');
  await page.getByRole('dialog', { name: 'Site' }).waitFor();
  await expectAccessible(page);
  await keyboard.activate('link', 'API tokens');
  await page.getByRole('heading', { name: 'API tokens' }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('An address that leads nowhere says so, inside the shell', async () => {
  const page = await site.open('/nowhere/at/all');
  await page.getByRole('heading', { name: 'Nothing is here' }).waitFor();
  await page.getByRole('button', { name: 'Maud Sailer Admin' }).waitFor();
  await expectAccessible(page);
});

describe('Hostile texts', () => {
  const HOSTILE = `<img src=x onerror="window.ran=1">"><script>window.ran=1</script>javascript:window.ran=1//`;

  test('run nowhere: in names, in the audit log, in titles of windows and in URLs', async () => {
    await site.api('POST', '/authors', { name: HOSTILE, bio: HOSTILE });
    await site.api('POST', '/tokens', { name: HOSTILE, role: 'reader' });
    await site.api('PATCH', '/account', { name: HOSTILE });
    for (const path of [
      '/accounts',
      '/tokens',
      '/audit',
      '/account',
      `/audit?action=${encodeURIComponent(HOSTILE)}`,
      `/${encodeURIComponent(HOSTILE)}`,
    ]) {
      const page = await site.open(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('window.ran'), path).toBeUndefined();
    }
    await site.api('PATCH', '/account', { name: 'Maud Sailer' });
  });

  test('cannot become markup at all: the browser refuses it', async () => {
    const page = await site.open('/account');
    // It says so in the console, too.
    page.removeAllListeners('console');
    const refused = await page.evaluate(() => {
      try {
        document.body.insertAdjacentHTML('beforeend', '<p>markup</p>');
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    });
    expect(refused).toBe(true);
  });
});
