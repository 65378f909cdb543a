import { expect, test } from 'vitest';
import { runs, useRandom } from '../../harness/random.ts';
import { newArticle, newAuthor, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';
import { articleAt, revisionsOf } from './history.ts';

const server = useServer();
const random = useRandom();
const pick = <T>(values: readonly T[]): T => values[Math.floor(random.next() * values.length)] as T;
const some = <T>(values: readonly T[]): T[] =>
  values
    .map((value) => ({ value, place: random.next() }))
    .filter(({ place }) => place < 0.6)
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);

let count = 0;
const next = (word: string) => `${word} ${(count += 1)}`;

const FIELDS: Record<string, () => unknown> = {
  title: () => next('Title'),
  slug: () => `slug-${(count += 1)}-x`,
  excerpt: () => pick([null, '', next('Excerpt')]),
  content: () => pick(['', next('Content'), 'long '.repeat(2_000) + next('content')]),
  contentFormat: () => pick(['markdown', 'html']),
};

interface Shown {
  categories: unknown;
  authors: unknown;
  [field: string]: unknown;
}
const shown = ({ title, slug, excerpt, content, contentFormat, categories, authors }: Shown): Shown => ({
  title,
  slug,
  excerpt,
  content,
  contentFormat,
  categories,
  authors,
});

test('each revision reads back as the article was, with the names then, whatever was done since', async () => {
  const { editor, admin } = server.as;
  for (let run = 0; run < runs(6); run += 1) {
    const categories = await times(4, () => newCategory(editor));
    const authors = await times(3, () => newAuthor(editor));
    const ids = (rows: { id: number }[]) => rows.map(({ id }) => id);
    const first = await newArticle(editor, {
      publishedAt: pick([null, undefined]),
      categoryIds: some(ids(categories)),
    });
    const path = `/articles/${first.id}`;
    const history = new Map<number, Shown>([[1, shown(first)]]);
    const steps: (() => Promise<unknown>)[] = [
      () =>
        pick([editor, admin]).patch(path, Object.fromEntries(some(Object.entries(FIELDS)).map(([k, f]) => [k, f()]))),
      () => pick([editor, admin]).patch(path, { content: FIELDS['content']?.() }),
      () =>
        editor.patch(path, { title: next('Title'), categoryIds: some(ids(categories)), authorIds: some(ids(authors)) }),
      () => editor.patch(path, { publishedAt: pick([null, new Date().toISOString()]) }),
      () => editor.put(`${path}/categories/${pick(categories).id}`),
      () => editor.delete(`${path}/categories/${pick(categories).id}`),
      () => editor.patch(`/categories/${pick(categories).id}`, { name: next('Renamed') }),
      () => editor.patch(`/authors/${pick(authors).id}`, { slug: `author-${(count += 1)}-x` }),
      () => server.database.pool.query('update articles set excerpt = $2 where id = $1', [first.id, next('psql')]),
      async () => {
        await editor.delete(path);
        await editor.post(`${path}/restore`);
      },
    ];
    for (let step = 0; step < 40; step += 1) {
      await pick(steps)();
      const { body } = await editor.get(path);
      // A rename changes what the article shows and is no revision: a revision keeps the names of its own time.
      if (!history.has(body.version)) history.set(body.version, shown(body));
    }
    const revisions = await revisionsOf(server.database.pool, first.id);
    expect(revisions[0]?.first_number).toBe(1);
    for (const [index, { number, first_number }] of revisions.entries()) {
      if (index > 0) expect(first_number).toBe((revisions[index - 1]?.number ?? 0) + 1);
      const expected = history.get(number);
      // The step over the trash makes two versions at once, of which the test saw the second.
      if (expected)
        expect(await articleAt(server.database.pool, first.id, number), `revision ${number}`).toEqual(expected);
    }
    expect(revisions.filter(({ number }) => history.has(number)).length).toBeGreaterThan(3);
  }
});
