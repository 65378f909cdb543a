import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { RevisionStorageService } from '../../../src/articles/revisions/storage/revision-storage.service.ts';
import { useRandom } from '../../harness/random.ts';
import { newArticle, newCategory, times, unique } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';
import { revisionsOf } from './history.ts';

const server = useServer();
const random = useRandom();
const query = async (sql: string, values: unknown[] = []) => (await server.database.pool.query(sql, values)).rows;
const WORDS = Array.from({ length: 2_000 }, (_, i) => (i * 7_919).toString(36));
const words = (count: number) => Array.from({ length: count }, () => WORDS[Math.floor(random.next() * WORDS.length)]);

let storage: RevisionStorageService;
beforeAll(() => {
  storage = new RevisionStorageService(server.database.db);
});

/** Makes the revisions of an article look older. */
const age = (id: number, interval: string) =>
  query('update article_revisions set at = at - $2::interval, open_until = null where article_id = $1', [id, interval]);
async function pack() {
  while (await storage.packSome());
}
async function prune() {
  for (let [upToId, hasMore] = ['0' as string | null, true]; upToId !== null || hasMore; ) {
    ({ upToId, hasMore } = await storage.pruneSome(upToId ?? '0'));
    if (upToId === null && !hasMore) return;
  }
}
const read = async (id: number, number: number) =>
  (await server.as.editor.get(`/articles/${id}/revisions/${number}?trashed=true`)).body;
const list = async (id: number) => (await server.as.editor.get(`/articles/${id}/revisions?limit=100`)).body.data;
/** All revisions, without what depends on the time that `age` changes. */
const readAll = async (id: number) => {
  const numbers = (await list(id)).map(({ number }: { number: number }) => number);
  const all = await Promise.all(numbers.map((number: number) => read(id, number)));
  return all.map(({ updatedAt: _, status: __, ...article }) => article);
};
const packedTexts = (id: number) => query('select * from revision_texts where article_id = $1 order by id', [id]);

/** An article of about 20 kB with this many edits of a sentence. */
async function editedArticle(edits: number, body: object = {}) {
  const text = words(3_500);
  const article = await newArticle(server.as.editor, { content: text.join(' '), ...body });
  await times(edits, () => {
    text.splice(Math.floor(random.next() * text.length), 8, ...words(8));
    return server.as.editor.patch(`/articles/${article.id}`, { content: text.join(' ') });
  });
  return { id: article.id as number, content: text.join(' ') };
}

describe('Packing', () => {
  test('makes fifty revisions smaller than a tenth of fifty copies, and all of them read as before', async () => {
    const { id, content } = await editedArticle(50);
    const before = await readAll(id);
    await age(id, '11 minutes');
    await pack();
    expect(await readAll(id)).toEqual(before);
    const [{ bytes }] = await query(
      `select (select sum(pg_column_size(r)) from article_revisions as r where article_id = $1)
        + (select sum(pg_column_size(t)) from revision_texts as t where article_id = $1) as bytes`,
      [id],
    );
    expect(Number(bytes)).toBeLessThan((50 * content.length) / 10);
    const keyframes = (await packedTexts(id)).filter(({ dictionary_id }) => dictionary_id === null);
    expect(keyframes).toHaveLength(5);
    expect(await query('select from article_revisions where article_id = $1 and content is not null', [id])).toEqual(
      [],
    );
  });

  test('leaves revisions of the last ten minutes and short texts alone', async () => {
    const { id } = await editedArticle(2);
    await pack();
    expect(await packedTexts(id)).toEqual([]);
    await server.as.editor.patch(`/articles/${id}`, { title: 'Short', excerpt: 'Short' });
    await server.as.editor.patch(`/articles/${id}`, { title: 'Shorter', excerpt: 'Shorter' });
    await age(id, '11 minutes');
    await pack();
    expect((await packedTexts(id)).map(({ field }) => field)).toEqual(['content', 'content']);
  });

  test('packs excerpts, and texts that have nothing in common, each as what it is', async () => {
    const article = await newArticle(server.as.editor, {
      content: words(900).join(' '),
      excerpt: words(400).join(' '),
    });
    await times(4, () =>
      server.as.editor.patch(`/articles/${article.id}`, {
        content: Array.from({ length: 3_000 }, () => Math.floor(random.next() * 1e9).toString(36)).join(''),
        excerpt: words(300).join(' '),
      }),
    );
    const before = await readAll(article.id);
    await age(article.id, '11 minutes');
    await pack();
    const packed = await packedTexts(article.id);
    expect(packed.filter(({ field }) => field === 'content')).toHaveLength(4);
    expect(packed.filter(({ field }) => field === 'excerpt')).toHaveLength(4);
    expect(await readAll(article.id)).toEqual(before);
  });

  test('is done once, whoever begins it', async () => {
    const { id } = await editedArticle(30);
    const before = await readAll(id);
    await age(id, '11 minutes');
    await Promise.all([pack(), pack(), pack()]);
    await pack();
    const packed = await packedTexts(id);
    expect(packed).toHaveLength(30);
    expect(await readAll(id)).toEqual(before);
  });

  test('leaves everything readable when it is cut off in the middle', async () => {
    const { id } = await editedArticle(40);
    const before = await readAll(id);
    await age(id, '11 minutes');
    let cut = 0;
    for (let round = 0; round < 20; round += 1) {
      const step = storage.packSome().catch(() => (cut += 1));
      await setTimeout(random.next() * 12);
      await query(`select pg_terminate_backend(pid) from pg_locks join pg_database as d on d.oid = database
        where locktype = 'advisory' and datname = current_database()`);
      await step;
      expect(await readAll(id)).toEqual(before);
    }
    expect(cut).toBeGreaterThan(0);
    await pack();
    expect(await packedTexts(id)).toHaveLength(40);
    expect(await readAll(id)).toEqual(before);
  });

  test('a restore reads packed texts, and deleting the article for good deletes them', async () => {
    const { id } = await editedArticle(3);
    const first = await read(id, 1);
    await age(id, '11 minutes');
    await pack();
    const { body } = await server.as.editor.post(`/articles/${id}/revisions/1/restore`);
    expect(body.content).toBe(first.content);
    await server.as.editor.delete(`/articles/${id}?permanent=true`);
    expect(await packedTexts(id)).toEqual([]);
  });
});

describe('Pruning', () => {
  /** Spreads the revisions of an article over days: `hours[n]` is how long ago revision n + 1 was. */
  async function spread(id: number, hours: number[]) {
    for (const [index, ago] of hours.entries()) {
      await query(
        `update article_revisions set open_until = null, at = date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
          + interval '23 hours' - make_interval(hours => $3) where article_id = $1 and number = $2`,
        [id, index + 1, ago],
      );
    }
  }
  const numbers = async (id: number) => (await revisionsOf(server.database.pool, id)).map(({ number }) => number);
  const DAY = 24;

  test('keeps the first, the last of each day, and everything of the last 30 days', async () => {
    const { id } = await editedArticle(9);
    const before = await readAll(id);
    //                 first, same day, same day, next day twice, much later, recent ones
    await spread(id, [60 * DAY + 3, 60 * DAY + 2, 60 * DAY + 1, 59 * DAY + 5, 59 * DAY, 40 * DAY, 3, 2, 1, 0]);
    await prune();
    expect(await numbers(id)).toEqual([1, 3, 5, 6, 7, 8, 9, 10]);
    for (const each of before) {
      const isKept = ![2, 4].includes(each.version);
      expect((await read(id, each.version)).content).toBe(isKept ? each.content : undefined);
    }
    await pack();
    for (const number of await numbers(id)) {
      expect((await read(id, number)).content).toBe(before.find(({ version }) => version === number)?.content);
    }
  });

  test('keeps the last public one of each day', async () => {
    const { editor } = server.as;
    const { id } = await newArticle(editor, { content: 'Public 1' });
    const path = `/articles/${id}`;
    await editor.patch(path, { content: 'Public 2' });
    await editor.patch(path, { content: 'Public 3' });
    await editor.patch(path, { publishedAt: null });
    await editor.patch(path, { content: 'Draft' });
    await query(
      `update article_revisions set published_at = now() - interval '90 days' where article_id = $1
      and published_at is not null`,
      [id],
    );
    await spread(id, [60 * DAY + 9, 60 * DAY + 8, 60 * DAY + 7, 60 * DAY + 6, 60 * DAY + 5]);
    await prune();
    expect(await numbers(id)).toEqual([1, 3, 5]);
    expect((await list(id)).map(({ changed }: { changed: string[] }) => changed)).toEqual([
      ['publishedAt', 'content'],
      ['content'],
      [],
    ]);
    expect((await read(id, 3)).content).toBe('Public 3');
    expect((await read(id, 5)).content).toBe('Draft');
  });

  test('keeps the base of a working draft as long as there is one', async () => {
    const { editor } = server.as;
    const { id } = await newArticle(editor, { title: 'One', content: 'One' });
    const path = `/articles/${id}`;
    await editor.patch(path, { title: 'Two', content: 'Two' });
    await editor.patch(`${path}/draft`, { title: 'Draft' });
    for (const content of ['Three', 'Four']) await editor.patch(path, { content });
    await spread(id, [60 * DAY + 4, 60 * DAY + 3, 60 * DAY + 2, 60 * DAY + 1]);
    await prune();
    expect(await numbers(id)).toEqual([1, 2, 4]);
    await pack();
    const published = await editor.post(`${path}/draft/publish`);
    expect(published.body).toMatchObject({ title: 'Draft', content: 'Four' });
    await prune();
    expect(await numbers(id)).toEqual([1, 4, 5]);
  });

  test('of packed texts keeps those readable that were packed with a pruned one', async () => {
    const { id } = await editedArticle(25);
    const before = await readAll(id);
    await age(id, '11 minutes');
    await pack();
    await spread(
      id,
      Array.from({ length: 26 }, (_, i) => (60 - Math.floor(i / 5)) * DAY + 5 - (i % 5)),
    );
    await prune();
    const kept = await numbers(id);
    expect(kept).toEqual([1, 5, 10, 15, 20, 25, 26]);
    for (const number of kept) {
      expect((await read(id, number)).content).toBe(before.find(({ version }) => version === number)?.content);
    }
    const unused = await query(
      `select from revision_texts as unused where first_number is null
        and not exists (select from revision_texts as dependent where dependent.dictionary_id = unused.id)`,
    );
    expect(unused).toEqual([]);
  });

  test('looks through all articles in steps', async () => {
    const category = await newCategory(server.as.editor);
    const { id } = await newArticle(server.as.editor, { categoryIds: [category.id] });
    await times(250, () => server.as.editor.patch(`/articles/${id}`, { title: unique('Title') }));
    await query(`update article_revisions set at = '2020-01-31T12:00:00Z' where article_id = $1`, [id]);
    await prune();
    expect(await numbers(id)).toEqual([1, 251]);
  });
});
