import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectReflow } from './harness/accessible.ts';
import { useDatabase } from './harness/database.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const database = useDatabase();
const site = useSite(database.settings);
const ids: Record<string, number> = {};

beforeAll(async () => {
  const add = async (name: string, parent?: string) => {
    ids[name] = (await site.api('POST', '/categories', { name, parentId: parent ? ids[parent] : null })).id;
  };
  for (const name of ['City', 'Sea', 'Sky']) await add(name);
  for (const name of ['Trams', 'Markets', 'Bridges']) await add(name, 'City');
  for (const name of ['Tides', 'Ships']) await add(name, 'Sea');
  await site.api('POST', '/articles', { title: 'Low water', categoryIds: [ids['Sea'], ids['Tides']] });
  await site.api('POST', '/articles', { title: 'High water', categoryIds: [ids['Sea']], publishedAt: null });
});

const rows = (page: Page) =>
  page.getByRole('treeitem').evaluateAll((items) => {
    const places = items.map((item) => ({
      text: `${'  '.repeat(Number(item.getAttribute('aria-level')) - 1)}${item.querySelector('span.truncate')?.textContent}`,
      top: item.getBoundingClientRect().top,
    }));
    return places.sort((a, b) => a.top - b.top).map(({ text }) => text);
  });
/** The children of a category, or of none, in the order of the API. */
const children = async (name?: string) =>
  (await site.api('GET', `/categories?parentId=${name ? ids[name] : 'null'}&limit=100`)).data.map(
    (category: { name: string }) => category.name,
  );
const announced = (page: Page) => page.locator('#tree-drag').textContent();

test('The tree is open, with counts, and shows a category with its path and its articles', async () => {
  const page = await site.open('/categories');
  await page.getByRole('treeitem', { name: /^Sea\s?1 article$/ }).waitFor();
  expect(await rows(page)).toEqual(['City', '  Trams', '  Markets', '  Bridges', 'Sea', '  Tides', '  Ships', 'Sky']);
  await page.getByRole('treeitem', { name: /^Tides/ }).click();
  await page.getByRole('heading', { name: 'Tides' }).waitFor();
  await page.getByRole('navigation', { name: 'Path' }).getByRole('link', { name: 'Sea' }).waitFor();
  await page.getByRole('link', { name: 'Low water' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/admin/categories/${ids['Tides']}`);
  await expectAccessible(page);
  await expectReflow(page);
});

test('In a narrow window a click opens a category instead of the tree, and the focus goes there with it', async () => {
  const page = await site.open('/categories', { width: 800 });
  await page.getByRole('treeitem', { name: /^Tides/ }).click();
  await page.getByRole('heading', { name: 'Tides' }).waitFor();
  await page.locator('main:focus').waitFor();
});

test('By keyboard: a category moves with each place announced, and back by undo', async () => {
  const page = await site.open('/categories');
  const keyboard = new Keyboard(page);
  await keyboard.tabTo('treeitem', /^City/);
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Markets');
  await keyboard.press('m');
  await expect.poll(() => announced(page)).toMatch(/^Markets: place \d of \d in City\. Arrow up/);
  const places: string[] = [];
  for (let step = 0; step < 12 && !places.at(-1)?.startsWith('Markets: place 1 of 3 in Sea'); step += 1) {
    await keyboard.press('ArrowDown');
    places.push((await announced(page)) ?? '');
  }
  expect(places).toContain('Markets: place 3 of 3 in City.');
  expect(places.at(-1)).toBe('Markets: place 1 of 3 in Sea.');
  await keyboard.press('Enter');
  await page.getByText('Markets is now 1 of 3 in Sea').first().waitFor();
  await expect.poll(() => children('Sea')).toEqual(['Markets', 'Tides', 'Ships']);
  expect(await rows(page)).toEqual(['City', '  Trams', '  Bridges', 'Sea', '  Markets', '  Tides', '  Ships', 'Sky']);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Markets');

  await keyboard.press('F6');
  await keyboard.activate('button', 'Undo');
  await expect.poll(() => children('City')).toEqual(['Trams', 'Markets', 'Bridges']);
  await expect.poll(() => children('Sea')).toEqual(['Tides', 'Ships']);

  // Below one that had no children it stays in sight, and keeps the focus.
  await keyboard.tabTo('treeitem', /^Markets/, 'Shift+Tab');
  await keyboard.press('m');
  for (let step = 0; step < 12 && !(await announced(page))?.includes('in Sky'); step += 1)
    await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByText('Markets is now 1 of 1 in Sky').first().waitFor();
  expect((await rows(page)).slice(-2)).toEqual(['Sky', '  Markets']);
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Markets');
  await keyboard.press('F6');
  await keyboard.activate('button', 'Undo');
  await expect.poll(() => children('City')).toEqual(['Trams', 'Markets', 'Bridges']);

  // Escape leaves everything as it is.
  await keyboard.tabTo('treeitem', /^Markets/, 'Shift+Tab');
  await keyboard.press('m');
  await keyboard.press('ArrowDown');
  await keyboard.press('Escape');
  await expect.poll(() => announced(page)).toBe('Press M to move the category by keyboard.');
  expect(await children('City')).toEqual(['Trams', 'Markets', 'Bridges']);
});

test('With the mouse a category is dragged between two others', async () => {
  const page = await site.open('/categories');
  const from = page.getByRole('treeitem', { name: /^Sky/ });
  const to = page.getByRole('treeitem', { name: /^Markets/ });
  await from.waitFor();
  const box = await to.boundingBox();
  await from.hover();
  await page.mouse.down();
  // In the upper part: before it.
  await page.mouse.move((box?.x ?? 0) + 120, (box?.y ?? 0) + 40, { steps: 4 });
  await page.mouse.move((box?.x ?? 0) + 120, (box?.y ?? 0) + 4, { steps: 4 });
  await page.mouse.up();
  await page.getByText('Sky is now 2 of 4 in City').first().waitFor();
  await expect.poll(() => children('City')).toEqual(['Trams', 'Sky', 'Markets', 'Bridges']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => children()).toEqual(['City', 'Sea', 'Sky']);
});

test('By keyboard: added below another, renamed, described, moved below a third', async () => {
  const page = await site.open(`/categories/${ids['Sky']}`);
  const keyboard = new Keyboard(page);
  await page.getByRole('heading', { name: 'Sky' }).waitFor();
  await keyboard.activate('button', 'Add below');
  await page.getByRole('dialog', { name: 'New category below Sky' }).waitFor();
  await keyboard.fill('Name', 'Stars');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Stars', exact: true }).waitFor();
  ids['Stars'] = Number(new URL(page.url()).pathname.split('/').at(-1));
  expect(await children('Sky')).toEqual(['Stars']);

  await keyboard.fill('Name', 'City');
  await keyboard.fill('Description', 'What is above at night.');
  await keyboard.fill('Address', 'Not A Slug');
  await keyboard.press('Enter');
  await page.getByText(/^Must consist of lowercase letters/).waitFor();
  await keyboard.fill('Address', 'night-sky');
  await keyboard.press('Enter');
  await page.getByText('City is saved').waitFor();
  const saved = await site.api('GET', `/categories/${ids['Stars']}`);
  expect(saved).toMatchObject({ name: 'City', slug: 'night-sky', description: 'What is above at night.' });

  // At the top there is a City already: the server says so, and the tree shows what is.
  await keyboard.activate('button', 'Actions for City');
  await keyboard.choose('Move below another…');
  await page.getByRole('dialog', { name: 'Move City' }).waitFor();
  await keyboard.activate('checkbox' as 'button', 'To the top of the tree');
  await keyboard.press('Space');
  await keyboard.activate('button', 'Move');
  await page.getByText('The category was not moved').first().waitFor();
  expect(await children('Sky')).toEqual(['City']);
});

test('Deleting says before what happens to articles and to what is below, and it happens', async () => {
  const page = await site.open(`/categories/${ids['Sea']}`);
  await page.getByRole('button', { name: 'Actions for Sea' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Delete Sea?' });
  await dialog.getByText('2 articles lose this category. The articles stay.').waitFor();
  await dialog.getByText('2 categories below it move up to the top of the tree.').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Sea is deleted').waitFor();
  await expect.poll(() => rows(page)).toEqual(expect.arrayContaining(['Tides', 'Ships']));
  expect(await children()).toEqual(expect.arrayContaining(['City', 'Sky', 'Tides', 'Ships']));
});

test('A change that somebody else made meanwhile is not overwritten by a move', async () => {
  const page = await site.open('/categories');
  const keyboard = new Keyboard(page);
  await page.getByRole('treeitem', { name: /^Trams/ }).waitFor();
  await site.api('PATCH', `/categories/${ids['Trams']}`, { name: 'Tramways' });
  await keyboard.tabTo('treeitem', /^City/);
  await keyboard.press('ArrowDown');
  await keyboard.press('m');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByText('Somebody changed it meanwhile.').first().waitFor();
  await page.getByRole('treeitem', { name: /^Tramways/ }).waitFor();
  expect((await children('City'))[0]).toBe('Tramways');
});

test('A tree of 10,000 has few nodes in the DOM, is searched, and walked by keyboard to its end', async () => {
  await database.run(`
    insert into categories (name, slug, parent_id, position)
    select 'Region ' || n, 'region-' || n, null, n from generate_series(1, 100) as n;
    insert into categories (name, slug, parent_id, position)
    select 'Place ' || n, 'place-' || n, (select id from categories where slug = 'region-' || (1 + n % 100)), n
    from generate_series(1, 9900) as n`);
  const page = await site.open('/categories');
  const keyboard = new Keyboard(page);
  await page.getByText('10,008 categories').waitFor();
  expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
  await page.getByLabel('Find a category').fill('place 42');
  await page.getByRole('status').getByText('111 categories found').waitFor();
  expect(await page.getByRole('treeitem').count()).toBeLessThan(60);
  await page.getByLabel('Find a category').fill('');
  await keyboard.tabTo('treeitem', /./);
  await keyboard.press('End');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Region 100');
  await keyboard.press('ArrowRight');
  await keyboard.press('End');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Place 9899');
  const last = page.getByRole('treeitem', { name: /^Place 9899/ });
  expect([await last.getAttribute('aria-posinset'), await last.getAttribute('aria-setsize')]).toEqual(['99', '99']);
  await expectAccessible(page);
});

test('Enter in the search opens the first category that was found', async () => {
  const page = await site.open('/categories');
  await page.getByRole('searchbox', { name: 'Find a category' }).fill('ti');
  await page.getByText('1 category found').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Tides' }).waitFor();
});
