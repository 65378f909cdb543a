import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { HTML, MARKDOWN } from '../writing/texts.ts';
import { useSite } from './harness/site.ts';

const site = useSite();
// One long text of each: an article with everything.
const CASES = [
  { content: Object.values(MARKDOWN).join('\n\n'), contentFormat: 'markdown' },
  {
    content: Object.values(HTML)
      .filter((html) => html !== HTML['broken'])
      .join('\n\n'),
    contentFormat: 'html',
  },
];
const WORD = 'wombat';

/** Types a word at the end of a paragraph, as a writer does. */
async function typeWord(page: Page, paragraph: number) {
  const block = page.locator('.prose > p').nth(paragraph);
  await block.click();
  await page.keyboard.press('End');
  await page.keyboard.type(WORD);
}

test.each(CASES)('Opening changes no byte, and a word in a block none of the others: $contentFormat', async (body) => {
  const { id } = await site.api('POST', '/articles', { title: 'Everything', publishedAt: null, ...body });
  const content = async () => (await site.api('GET', `/articles/${id}`)).content as string;
  const page = await site.open(`/articles/${id}`);
  await page.locator('.prose > p').first().waitFor();
  const paragraphs = await page.locator('.prose > p').count();
  for (const paragraph of [0, Math.floor(paragraphs / 2), paragraphs - 1]) {
    const before = await content();
    await typeWord(page, paragraph);
    await expect.poll(content, { timeout: 20_000 }).not.toBe(before);
    const after = await content();
    const at = after.search(new RegExp(WORD));
    expect(differing(before, after), after.slice(at - 80, at + 80)).toBe(WORD.length);
  }
});

/** How many characters differ between two texts, in the middle that they do not share. */
function differing(a: string, b: string): number {
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-tail - 1) === b.at(-tail - 1)) tail += 1;
  return Math.max(a.length, b.length) - head - tail;
}
