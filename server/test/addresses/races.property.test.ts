import { expect, test } from 'vitest';
import type { TestResponse } from '../harness/client.ts';
import { concurrently, outcomes } from '../harness/concurrency.ts';
import { runs } from '../harness/random.ts';
import { newArticle, newAuthor, newCategory, times } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
let run = 0;
const KINDS = { articles: newArticle, categories: newCategory, authors: newAuthor };
const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
const rounds = (count: number, round: (unique: (word: string) => string) => Promise<unknown>) =>
  times(runs(count), () => {
    run += 1;
    const suffix = run;
    return round((word) => `${word}-${suffix}`);
  });
const rename = (path: string, slug: string) => server.as.editor.patch(path, { slug });
/** No slug is old and present at once. */
async function expectDisjoint() {
  const { rows } = await server.database.pool.query(`
    select o.slug from old_slugs as o where exists (select from articles where slug = o.slug and deleted_at is null and o.type = 'article')
      or exists (select from categories where slug = o.slug and o.type = 'category') or exists (select from authors where slug = o.slug and o.type = 'author')`);
  expect(rows).toEqual([]);
}

test.each(kinds)('Two clients that swap the slugs of two %s: readers find both all the time', async (kind) => {
  await rounds(8, async (unique) => {
    const [left, right, aside] = [unique('left'), unique('right'), unique('aside')];
    const first = await KINDS[kind](server.as.editor, { slug: left });
    const second = await KINDS[kind](server.as.editor, { slug: right });
    /** The other row has the slug until it leaves it. */
    const renameWhenFree = async (id: number, slug: string) => {
      let response: TestResponse;
      do response = await rename(`/${kind}/${id}`, slug);
      while (response.body.code === 'slug_taken');
      expect(response.status).toBe(200);
    };
    const isSwapped = new AbortController();
    const read = async (slug: string) => {
      const answers = new Set<string>();
      while (!isSwapped.signal.aborted) {
        const { status, body, headers } = await server.anonymous.get(`/${kind}/${slug}`);
        answers.add(status === 200 ? `200 ${body.id}` : `${status} ${headers.get('location')}`);
      }
      return answers;
    };
    const swap = Promise.all([
      renameWhenFree(first.id, aside).then(() => renameWhenFree(first.id, right)),
      renameWhenFree(second.id, left),
    ]).finally(() => isSwapped.abort());
    const [ofLeft, ofRight] = await Promise.all([read(left), read(right), swap]);
    const known = [
      `200 ${first.id}`,
      `200 ${second.id}`,
      ...[left, right, aside].map((slug) => `308 /${kind}/${slug}`),
    ];
    for (const answer of [...ofLeft, ...ofRight]) expect(known).toContain(answer);
    expect(ofLeft).not.toContain(`308 /${kind}/${left}`);
    expect(ofRight).not.toContain(`308 /${kind}/${right}`);
    const after = await Promise.all([left, right].map((slug) => server.anonymous.get(`/${kind}/${slug}`)));
    expect(after.map(({ body }) => body.id)).toEqual([second.id, first.id]);
    const moved = await server.anonymous.get(`/${kind}/${aside}`);
    expect([moved.status, moved.headers.get('location')]).toEqual([308, `/${kind}/${right}`]);
  });
  await expectDisjoint();
});

test.each(kinds)('Two %s renamed to the slug of each other at once: both 409, and nothing moves', async (kind) => {
  await rounds(8, async (unique) => {
    const rows = await times(2, (n) => KINDS[kind](server.as.editor, { slug: unique(`row-${n}`) }));
    const responses = await concurrently(2, (n) => rename(`/${kind}/${rows[n].id}`, rows[1 - n].slug));
    expect(outcomes(responses)).toEqual(['409 slug_taken', '409 slug_taken']);
    for (const { id, slug } of rows) expect((await server.anonymous.get(`/${kind}/${slug}`)).body.id).toBe(id);
  });
});

test.each(kinds)(
  'A rename of one of %s against creates with its slug: one row has it, or it redirects',
  async (kind) => {
    await rounds(20, async (unique) => {
      const { id } = await KINDS[kind](server.as.editor, { slug: unique('old') });
      const field = kind === 'articles' ? 'title' : 'name';
      const [renamed, ...created] = await Promise.all([
        rename(`/${kind}/${id}`, unique('new')),
        ...[1, 2, 3].map((n) =>
          server.as.editor.post(`/${kind}`, { [field]: unique(`Row ${n}`), slug: unique('old') }),
        ),
      ]);
      expect(renamed.status).toBe(200);
      const winners = created.filter(({ status }) => status === 201);
      expect(created.filter(({ status }) => status === 409)).toHaveLength(3 - winners.length);
      expect(winners.length).toBeLessThan(2);
      const read = await server.anonymous.get(`/${kind}/${unique('old')}`);
      const [winner] = winners;
      if (winner) expect([read.status, read.body.id]).toEqual([200, winner.body.id]);
      else expect([read.status, read.headers.get('location')]).toEqual([308, `/${kind}/${unique('new')}`]);
    });
    await expectDisjoint();
  },
);

test('Renames of one article by many clients leave each slug with a redirect to the last', async () => {
  await rounds(8, async (unique) => {
    const { id } = await newArticle(server.as.editor, { slug: unique('start') });
    const slugs = Array.from({ length: 6 }, (_, n) => unique(`slug-${n}`));
    for (const { status } of await Promise.all(slugs.map((slug) => rename(`/articles/${id}`, slug))))
      expect(status).toBe(200);
    const { slug: present } = (await server.anonymous.get(`/articles/${id}`)).body;
    for (const slug of [unique('start'), ...slugs].filter((each) => each !== present)) {
      const { status, headers } = await server.anonymous.get(`/articles/${slug}`);
      expect([status, headers.get('location')]).toEqual([308, `/articles/${present}`]);
    }
  });
});

test('One path by many clients: one 201, the others 409', async () => {
  await rounds(8, async (unique) => {
    const responses = await concurrently(6, () =>
      server.as.editor.post('/redirects', { path: `/${unique('old')}/`, target: null }),
    );
    expect(outcomes(responses)).toEqual(['201', ...Array(5).fill('409 path_taken')]);
  });
});

test('A redirect against the deletion of its target: 201 and gone, or 422', async () => {
  await rounds(20, async (unique) => {
    const { id } = await newCategory(server.as.editor);
    const [created, deleted] = await Promise.all([
      server.as.editor.post('/redirects', { path: `/${unique('old')}`, target: { type: 'category', id } }),
      server.as.editor.delete(`/categories/${id}`),
    ]);
    expect(deleted.status).toBe(204);
    const resolved = await server.anonymous.get(`/resolve?path=/${unique('old')}`);
    if (created.status === 201) expect(resolved.body.code).toBe('gone');
    else expect([created.body.code, resolved.status]).toEqual(['unknown_target', 404]);
  });
});
