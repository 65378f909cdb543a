import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from './harness/accessible.ts';
import { Keyboard } from './harness/keyboard.ts';
import { useSite } from './harness/site.ts';

const site = useSite();
const text = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });

async function opened(body: object) {
  const { id } = await site.api('POST', '/articles', { title: 'Edited', publishedAt: null, ...body });
  const page = await site.open(`/articles/${id}`);
  await text(page).waitFor();
  return { page, content: async () => (await site.api('GET', `/articles/${id}`)).content as string };
}

/** Pastes as a browser does; what is in it would run if it were put into the page as it is. */
const paste = (page: Page, html: string) =>
  text(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, html);

test('What is pasted keeps its structure, loses its looks, and runs nowhere', async () => {
  const { page, content } = await opened({ content: '' });
  await text(page).focus();
  await paste(
    page,
    '<b style="font-weight:normal" id="docs-internal-guid-1"><h2><span>Title</span></h2><p style="color:red">One <span style="font-weight:700">bold</span>' +
      '<img src="x" onerror="document.title = 1"><script>document.title = 1</script></p></b>',
  );
  await expect.poll(content, { timeout: 20_000 }).toBe('## Title\n\nOne **bold**');
  expect(await page.title()).toBe('Edited · Rubric');
});

test('An address that is pasted onto words links them', async () => {
  const { page, content } = await opened({ content: 'the shop' });
  await text(page).focus();
  await page.keyboard.press('Shift+End');
  await text(page).evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'https://shop.example/a');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await expect.poll(content, { timeout: 20_000 }).toBe('[the shop](https://shop.example/a)');
});

test('Links and fences are typed as in Markdown, and an arrow leads out of code and of a table', async () => {
  const { page, content } = await opened({ content: '' });
  await page.getByRole('textbox', { name: 'Excerpt' }).focus();
  // The excerpt is one line: Enter goes on to the text.
  await page.keyboard.press('Enter');
  await page.keyboard.type('See [the shop](https://shop.example/a) now');
  await page.keyboard.press('Enter');
  await page.keyboard.type('```js');
  await page.keyboard.press('Enter');
  await text(page).locator('pre').waitFor();
  await page.keyboard.type('const a = 1;');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('After the code.');
  await expect
    .poll(content, { timeout: 20_000 })
    .toBe('See [the shop](https://shop.example/a) now\n\n```js\nconst a = 1;\n```\n\nAfter the code.');
  const table = await opened({ content: '| a |\n|---|\n| 1 |\n' });
  await text(table.page).getByRole('cell', { name: '1' }).click();
  // A slow browser tells the editor of the new selection after the next key.
  await table.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  await table.page.keyboard.press('ArrowDown');
  await table.page.keyboard.type('After the table.');
  await expect.poll(table.content, { timeout: 20_000 }).toBe('| a |\n|---|\n| 1 |\n\nAfter the table.\n');
});

test('A card shows its source, and what is changed in it is all that changes', async () => {
  const { page, content } = await opened({
    content: 'One  \n\n<div class="x">two</div>\n\n* three\n',
    contentFormat: 'markdown',
  });
  await page.getByRole('button', { name: 'Edit source' }).click();
  const source = page.getByRole('textbox', { name: 'Source: HTML <div>' });
  await source.waitFor();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('!');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect.poll(content, { timeout: 20_000 }).toBe('One  \n\n<div class="x">two</div>!\n\n* three\n');
  await page.getByRole('button', { name: 'Edit source' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Edit source' }).waitFor();
});

test('The whole text can be changed as its source, and keeps the line breaks that it had', async () => {
  const { page, content } = await opened({ content: 'One\r\n\r\nTwo\nThree\r\n' });
  await page.getByRole('button', { name: 'Source', exact: true }).click();
  await page.getByRole('textbox', { name: 'Source of the text' }).waitFor();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('# Four');
  await expectAccessible(page);
  await expect.poll(content, { timeout: 20_000 }).toBe('One\r\n\r\nTwo\nThree\r\n# Four');
  await page.getByRole('button', { name: 'Back to the text' }).click();
  await text(page).getByRole('heading', { name: 'Four' }).waitFor();
});

test('A link is set by keyboard, and the palette does not open for it', async () => {
  const { page, content } = await opened({ content: 'word' });
  await text(page).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('dialog', { name: 'Link' }).getByLabel('Address').fill('example.com');
  await page.keyboard.press('Enter');
  await expect.poll(content, { timeout: 20_000 }).toBe('[word](https://example.com)');
});

test('A reader sees an article and its details, and is offered no change', async () => {
  const tides = await site.api('POST', '/categories', { name: 'Tides' });
  const body = { title: 'Read', content: 'One.', categoryIds: [tides.id], publishedAt: '2026-01-01T00:00:00Z' };
  const { id } = await site.api('POST', '/articles', body);
  const { version } = await site.api('PATCH', `/articles/${id}`, { content: 'Another.' });
  await site.api('PATCH', `/articles/${id}/draft`, { excerpt: 'Two.' }, { 'if-match': `"${version}"` });
  const cookies = await site.signedIn('rita@rubric.example', 'reader');
  const page = await site.open(`/articles/${id}`, { cookies, width: 360, height: 740 });
  await page.getByText('You can read this article, not change it.').waitFor();
  await page.getByText(/^Live, changed since/).waitFor();
  expect(await text(page).getAttribute('contenteditable')).toBe('false');
  expect(await page.getByRole('button', { name: 'More' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Details' }).click();
  const details = page.getByRole('dialog', { name: 'Details' });
  await details.getByRole('listitem').getByText('Tides').waitFor();
  expect(await details.getByRole('combobox').count()).toBe(0);
  expect(await details.getByRole('button', { name: /Tides/ }).count()).toBe(0);
  expect(await details.getByRole('textbox', { name: 'Address' }).getAttribute('readonly')).toBe('');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'History' }).click();
  const first = page.getByRole('list', { name: 'Saved versions' }).getByRole('button').nth(1);
  await first.click();
  await page.getByRole('list').getByRole('button', { pressed: true }).and(first).waitFor();
  expect(await page.getByRole('button', { name: 'Restore this version' }).count()).toBe(0);
});

test('A contributor writes in drafts, and in nothing that is live or scheduled', async () => {
  const page = await site.open('/articles', { cookies: await site.signedIn('colin@rubric.example', 'contributor') });
  await page.getByRole('link', { name: 'New article' }).waitFor();
  const editable = async (publishedAt: string | null) => {
    // Their own: it is the state that decides.
    const id = await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ title: 'Mine', content: 'One.', publishedAt: null });
      return (await (await fetch('/articles', { method: 'POST', headers, body })).json()).id as number;
    });
    await site.api('PATCH', `/articles/${id}`, { publishedAt });
    await page.goto(`${site.server.origin}/admin/articles/${id}`);
    return text(page).getAttribute('contenteditable');
  };
  expect(await editable(null)).toBe('true');
  expect(await editable('2026-01-01T00:00:00Z')).toBe('false');
  await page.getByText('You can read this article, not change it.').waitFor();
  expect(await editable('2099-01-01T00:00:00Z')).toBe('false');
});

test('An author reads the live articles of others, and is offered no change of them', async () => {
  const live = { content: 'One.', publishedAt: '2026-01-01T00:00:00Z' };
  const { id } = await site.api('POST', '/articles', { title: 'Of the editor', ...live });
  const page = await site.open('/articles', { cookies: await site.signedIn('ada@rubric.example', 'author') });
  await page.getByText('Of the editor').waitFor();
  expect(await page.getByRole('button', { name: 'Actions for “Of the editor”' }).count()).toBe(0);
  await page.goto(`${site.server.origin}/admin/articles/${id}`);
  await page.getByText('You can read this article, not change it.').waitFor();
  expect(await text(page).getAttribute('contenteditable')).toBe('false');
  await page.getByRole('button', { name: 'Preview' }).waitFor();
  expect(await page.getByRole('button', { name: /^(History|More)$/ }).count()).toBe(0);

  const own = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      return (await (await fetch('/articles', { method: 'POST', headers, body })).json()).id as number;
    },
    JSON.stringify({ title: 'Mine', ...live }),
  );
  await page.goto(`${site.server.origin}/admin/articles/${own}`);
  expect(await text(page).getAttribute('contenteditable')).toBe('true');
  await page.getByRole('button', { name: 'History' }).waitFor();
});

test('By keyboard: an image is put into the text by its address, and described later', async () => {
  const { page, content } = await opened({ content: '' });
  await text(page).focus();
  await page.keyboard.type('/image');
  await page.getByRole('option', { name: 'Image' }).waitFor();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Image' });
  await dialog.getByLabel('Address of the image').and(page.locator(':focus')).waitFor();
  await expectAccessible(page);
  await page.keyboard.type('/ferry.png');
  await page.keyboard.press('Enter');
  await expect.poll(content, { timeout: 20_000 }).toBe('![](/ferry.png)');
  await text(page).and(page.locator(':focus')).waitFor();

  await page.keyboard.press('Shift+ArrowLeft');
  await page.getByRole('button', { name: 'Image', exact: true }).click();
  expect(await dialog.getByLabel('Address of the image').inputValue()).toBe('/ferry.png');
  await dialog.getByLabel('What it shows').fill('A ferry at night');
  await page.keyboard.press('Enter');
  await expect.poll(content, { timeout: 20_000 }).toBe('![A ferry at night](/ferry.png)');
});

test('By keyboard: a table gets a row and a column, and loses them', async () => {
  const { page, content } = await opened({ content: '| Day | Price |\n| --- | --- |\n| Monday | 12 |' });
  const keyboard = new Keyboard(page);
  await text(page).getByText('Monday').click();
  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'Table', exact: true }).press('Enter');
    await keyboard.choose(item);
    await text(page).and(page.locator(':focus')).waitFor();
  };
  await choose('Row below');
  await choose('Column after');
  await expect
    .poll(content, { timeout: 20_000 })
    .toBe('| Day |  | Price |\n| --- | --- | --- |\n| Monday |  | 12 |\n|  |  |  |');
  await choose('Delete the row');
  await expect.poll(content, { timeout: 20_000 }).toBe('| Day |  | Price |\n| --- | --- | --- |\n|  |  |  |');
});
