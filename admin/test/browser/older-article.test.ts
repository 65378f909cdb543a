import { expect, test } from 'vitest';
import { useDatabase } from './harness/database.ts';
import { useSite } from './harness/site.ts';

const database = useDatabase();
const site = useSite(database.settings);

test('An older article says from which day it is, and that readers do not see what is typed', async () => {
  await database.run(`
    insert into articles (title, slug, content, published_at, created_at, updated_at)
    values ('Tides', 'tides', 'One.', '2024-03-01T09:00Z', '2024-03-01T08:00Z', '2024-05-02T10:00Z')`);
  const { id } = await site.api('GET', '/articles/tides');
  const page = await site.open(`/articles/${id}`);
  const saved = (hasText: RegExp) => page.locator('[data-save="saved"]', { hasText });
  await saved(/^Saved May 2, 2024, .* What you change waits until you publish it$/).waitFor();
  await page.getByRole('textbox', { name: 'Text', exact: true }).focus();
  await page.keyboard.type('Two. ');
  await saved(/^Saved \d+:\d+ [AP]M, not published$/).waitFor();
  // What readers see is from then, not from when the article was begun.
  await page.getByText(/^Live, changed since May 2, 2024/).waitFor();
  expect((await site.api('GET', `/articles/${id}`)).content).toBe('One.');
});
