import { expect, test } from 'vitest';
import { runs, useRandom } from '../../harness/random.ts';
import { forStrangers, idsOf, newArticle, newAuthor, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

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
/** Few values, so that saves often set a field back to what it was. */
const FIELDS: Record<string, () => unknown> = {
  title: () => pick(['One', 'Two', next('Title')]),
  slug: () => `slug-${(count += 1)}-x`,
  excerpt: () => pick([null, '', 'Excerpt', next('long excerpt '.repeat(60))]),
  content: () => pick(['', 'Same', next('Content'), 'long '.repeat(2_000) + next('content')]),
  contentFormat: () => pick(['markdown', 'html']),
};

/** The article as a response shows it. */
interface Shown {
  [field: string]: unknown;
  version: number;
  categories: { id: number }[];
  authors: { id: number }[];
}
const FIELD_NAMES = ['title', 'slug', 'excerpt', 'content', 'contentFormat', 'publishedAt'] as const;

/** The fields that differ between two states, by the names in `changed`. */
function differences(from: Shown, to: Shown): string[] {
  const isTrashed = ({ status }: Shown) => status === 'trashed';
  return [
    ...FIELD_NAMES.filter((name) => from[name] !== to[name]),
    ...(isTrashed(from) === isTrashed(to) ? [] : ['status']),
    ...(String(idsOf(from.categories)) === String(idsOf(to.categories)) ? [] : ['categoryIds']),
    ...(String(idsOf(from.authors)) === String(idsOf(to.authors)) ? [] : ['authorIds']),
  ].sort();
}

async function stepsFor(id: number) {
  const { editor, admin } = server.as;
  const categories = await times(4, () => newCategory(editor));
  const authors = await times(3, () => newAuthor(editor));
  const path = `/articles/${id}`;
  const fields = () => Object.fromEntries(some(Object.entries(FIELDS)).map(([name, value]) => [name, value()]));
  return [
    () => pick([editor, admin]).patch(path, fields()),
    () => editor.patch(path, { content: FIELDS['content']?.() }),
    () => editor.patch(path, { title: FIELDS['title']?.(), categoryIds: some(idsOf(categories)) }),
    () => editor.patch(path, { categoryIds: some(idsOf(categories)), authorIds: some(idsOf(authors)) }),
    () => editor.patch(path, { publishedAt: pick([null, null, new Date().toISOString()]) }),
    () => editor.put(`${path}/categories/${pick(categories).id}`),
    () => editor.delete(`${path}/categories/${pick(categories).id}`),
    () => editor.patch(`/categories/${pick(categories).id}`, { name: next('Renamed') }),
    () => editor.patch(`/authors/${pick(authors).id}`, { slug: `author-${(count += 1)}-x` }),
    () => server.database.pool.query('update articles set excerpt = $2 where id = $1', [id, next('psql')]),
    () => editor.delete(path),
    () => editor.post(`${path}/restore`),
    async () => {
      const { body } = await editor.get(`${path}/revisions`);
      if (body.data) await editor.post(`${path}/revisions/${pick<{ number: number }>(body.data).number}/restore`);
    },
  ];
}

/** Every revision in the list, the oldest first, read in small pages. */
async function listAll(id: number) {
  const all = [];
  for (let after = ''; ; ) {
    const { body } = await server.as.editor.get(`/articles/${id}/revisions?trashed=true&limit=4${after}`);
    all.push(...body.data);
    if (body.page.next === null) return all.toReversed();
    after = `&after=${body.page.next}`;
  }
}

test('each number reads back what the article was then, and the list says what changed', async () => {
  const { editor } = server.as;
  for (let run = 0; run < runs(8); run += 1) {
    const first = await newArticle(editor, { publishedAt: pick([null, undefined]) });
    const steps = await stepsFor(first.id);
    // By version. A rename shows in the article and is no revision: a revision keeps the names of its own time.
    const states = new Map<number, Shown>([[1, forStrangers(first)]]);
    for (let step = 0; step < 40; step += 1) {
      await pick(steps)();
      const { body } = await editor.get(`/articles/${first.id}?trashed=true`);
      if (!states.has(body.version)) states.set(body.version, forStrangers(body));
    }
    await compare(first.id, states);
  }
});

async function compare(id: number, states: Map<number, Shown>) {
  const path = `/articles/${id}/revisions`;
  const revisions = await listAll(id);
  expect(states.size).toBeGreaterThan(1);
  expect(revisions.at(-1).number).toBe(Math.max(...states.keys()));
  let previous: Shown | undefined;
  for (const { number, changed, published, at } of revisions) {
    const state = states.get(number) as Shown;
    for (let each = (previous?.version ?? 0) + 1; each <= number; each += 1) {
      const { body } = await server.as.editor.get(`${path}/${each}?trashed=true`);
      expect(body, `revision ${each}`).toEqual({ ...state, updatedAt: at });
    }
    expect(published).toBe(state['status'] === 'published');
    expect(changed.toSorted()).toEqual(previous ? differences(previous, state) : []);
    const { body: diff } = await server.as.editor.get(`${path}/${number}/diff?trashed=true`);
    if (previous) expect(diff.fields.map(({ field }: { field: string }) => field).sort()).toEqual(changed.toSorted());
    for (const { field, parts } of diff.fields.filter((each: object) => 'parts' in each)) {
      const side = (without: string) =>
        parts.flatMap(({ op, text }: { op: string; text: string }) => (op === without ? [] : [text])).join('');
      expect([side('insert'), side('delete')]).toEqual([previous?.[field], state[field]]);
    }
    previous = state;
  }
}
