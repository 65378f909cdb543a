import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { concurrently, outcomes } from '../../harness/concurrency.ts';
import { untilStatementsWait } from '../../harness/eventually.ts';
import { runs } from '../../harness/random.ts';
import { idsOf, newArticle, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

// Each race runs many times. Nothing that was answered with a 200 may be lost, and who loses gets the reason.

const server = useServer();
const { get, post, patch, del } = {
  get: async (path: string) => (await server.as.editor.get(path)).body,
  post: (path: string, body?: unknown) => server.as.editor.post(path, body),
  patch: (path: string, body: unknown, headers = {}) => server.as.editor.patch(path, body, { headers }),
  del: (path: string) => server.as.editor.delete(path),
};
const ROUNDS = runs(25);
const rounds = (run: (round: number) => Promise<void>) => () => times(ROUNDS, run);
/** Starts two calls, the second a few milliseconds after the first: publishing takes more statements than its rivals. */
async function race<A, B>(round: number, first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  const later = async () => {
    await setTimeout(round % 8);
    return second();
  };
  return Promise.all([first(), later()]);
}
const articlePath = (id: number) => `/articles/${id}`;
const draftPath = (id: number) => `/articles/${id}/draft`;
const publish = (id: number, body?: object) => post(`${draftPath(id)}/publish`, body);
const kindsOf = async (id: number) =>
  (await get(`${articlePath(id)}/revisions`)).data.map(({ kind }: { kind: string }) => kind);
const draftOf = async (id: number) => {
  const { status, body } = await server.as.editor.get(draftPath(id));
  return status === 200 ? body : null;
};
const newCategories = async (count: number) => idsOf(await times(count, () => newCategory(server.as.editor)));
async function begun(body: object, article: object = {}) {
  const { id } = await newArticle(server.as.editor, article);
  expect((await patch(draftPath(id), body)).status).toBe(200);
  return id as number;
}

describe('publishing a draft', () => {
  test(
    'twice: one 200, one 404, and one revision',
    rounds(async () => {
      const id = await begun({ title: 'Draft' });
      const responses = await concurrently(2, () => publish(id));
      expect(outcomes(responses)).toEqual(['200', '404 not_found']);
      expect(await kindsOf(id)).toEqual(['publish', 'create']);
    }),
  );

  test(
    'against a PATCH of the same field: a conflict, or the PATCH is the later one; never overwritten',
    rounds(async (round) => {
      const id = await begun({ title: 'Draft' });
      const [published, patched] = await race(
        round,
        () => publish(id),
        () => patch(articlePath(id), { title: 'Article' }),
      );
      expect(patched.status).toBe(200);
      expect((await get(articlePath(id))).title).toBe('Article');
      if (published.status === 200) return expect(await kindsOf(id)).toEqual(['change', 'publish', 'create']);
      expect(outcomes([published])).toEqual(['409 draft_conflict']);
      expect((await draftOf(id)).title).toBe('Draft');
    }),
  );

  test(
    'against a PATCH of other fields and links: both are there',
    rounds(async (round) => {
      const [a, b, c] = await newCategories(3);
      const id = await begun({ title: 'Draft', authorIds: [] }, { categoryIds: [a, b] });
      const changed = { excerpt: 'Article', categoryIds: [c, a] };
      const responses = await race(
        round,
        () => publish(id),
        () => patch(articlePath(id), changed),
      );
      expect(outcomes(responses)).toEqual(['200', '200']);
      const article = await get(articlePath(id));
      expect(article).toMatchObject({ title: 'Draft', excerpt: 'Article', hasDraft: false });
      expect(idsOf(article.categories)).toEqual([c, a]);
    }),
  );

  test(
    'against the trash: published or kept, whole',
    rounds(async (round) => {
      const id = await begun({ title: 'Draft' }, { title: 'Article' });
      const [published, trashed] = await race(
        round,
        () => publish(id),
        () => del(articlePath(id)),
      );
      expect(trashed.status).toBe(204);
      expect(['200', '404 not_found']).toContain(outcomes([published])[0]);
      await post(`${articlePath(id)}/restore`);
      const { title } = await get(articlePath(id));
      const draft = await draftOf(id);
      if (published.status === 200) expect([title, draft]).toEqual(['Draft', null]);
      else expect([title, draft.title]).toEqual(['Article', 'Draft']);
    }),
  );

  test(
    'against a deletion for good: 200 or 404, and nothing is left',
    rounds(async (round) => {
      const id = await begun({ title: 'Draft' });
      const [published, deleted] = await race(
        round,
        () => publish(id),
        () => del(`${articlePath(id)}?permanent=true`),
      );
      expect(deleted.status).toBe(204);
      expect(['200', '404 not_found']).toContain(outcomes([published])[0]);
      const { rows } = await server.database.pool.query('select from article_drafts where article_id = $1', [id]);
      expect(rows).toHaveLength(0);
    }),
  );

  test(
    'against the deletion of a category that it adds: published before, or 422 and kept',
    rounds(async (round) => {
      const [a, b, c] = await newCategories(3);
      const id = await begun({ title: 'Draft', categoryIds: [c, b, a] }, { categoryIds: [a] });
      const [published, deleted] = await race(
        round,
        () => publish(id),
        () => del(`/categories/${b}`),
      );
      expect(deleted.status).toBe(204);
      const article = await get(articlePath(id));
      if (published.status === 200) return expect(idsOf(article.categories)).toEqual([c, a]);
      expect(outcomes([published])).toEqual(['422 unknown_category']);
      expect(idsOf(article.categories)).toEqual([a]);
      const draft = await draftOf(id);
      expect([draft.title, idsOf(draft.categories), idsOf(draft.gone)]).toEqual(['Draft', [c, a], [b]]);
    }),
  );

  test(
    'against the deletion of a category that the article has: both succeed',
    rounds(async (round) => {
      const [a, b] = await newCategories(2);
      const id = await begun({ title: 'Draft' }, { categoryIds: [b, a] });
      const responses = await race(
        round,
        () => publish(id),
        () => del(`/categories/${b}`),
      );
      expect(outcomes(responses)).toEqual(['200', '204']);
      const article = await get(articlePath(id));
      expect([article.title, idsOf(article.categories)]).toEqual(['Draft', [a]]);
    }),
  );

  test(
    'against taking the article back: the draft is published before or kept',
    rounds(async (round) => {
      const id = await begun({ title: 'Draft' }, { title: 'Article' });
      const [published, takenBack] = await race(
        round,
        () => publish(id),
        () => patch(articlePath(id), { publishedAt: null }),
      );
      expect(takenBack.status).toBe(200);
      const article = await get(articlePath(id));
      expect(article.status).toBe('draft');
      if (published.status === 200) return expect([article.title, await draftOf(id)]).toEqual(['Draft', null]);
      expect(outcomes([published])).toEqual(['409 not_published']);
      expect([article.title, (await draftOf(id)).title]).toEqual(['Article', 'Draft']);
    }),
  );

  test(
    'against a discard: one of them',
    rounds(async (round) => {
      const id = await begun({ title: 'Draft' }, { title: 'Article' });
      const [published, discarded] = await race(
        round,
        () => publish(id),
        () => del(draftPath(id)),
      );
      const isPublished = published.status === 200;
      expect(outcomes([published, discarded])).toEqual(
        isPublished ? ['200', '404 not_found'] : ['204', '404 not_found'],
      );
      expect((await get(articlePath(id))).title).toBe(isPublished ? 'Draft' : 'Article');
    }),
  );

  test(
    'while it is saved: what was saved is in the article or in the draft that follows',
    rounds(async () => {
      const id = await begun({ title: 'Save 0' });
      const end = new AbortController();
      let last = 0;
      const save = async () => {
        while (!end.signal.aborted) {
          last += 1;
          expect((await patch(draftPath(id), { title: `Save ${last}` })).status).toBe(200);
        }
      };
      const publishAll = async () => {
        await times(4, async () => expect(['200', '404 not_found']).toContain(outcomes([await publish(id)])[0]));
        end.abort();
      };
      await Promise.all([save(), publishAll()]);
      const { title } = (await draftOf(id)) ?? (await get(articlePath(id)));
      expect(title).toBe(`Save ${last}`);
    }),
  );
});

describe('saving a draft', () => {
  test(
    'eight clients begin it at once with a field each: one draft with all of them',
    rounds(async () => {
      const { id } = await newArticle(server.as.editor);
      const [a] = await newCategories(1);
      const bodies: object[] = [
        { title: 'T' },
        { slug: `race-${id}` },
        { excerpt: 'E' },
        { content: 'C' },
        { contentFormat: 'html' },
        { categoryIds: [a] },
        { authorIds: [] },
        { title: 'T' },
      ];
      const responses = await Promise.all(bodies.map((body) => patch(draftPath(id), body)));
      expect(outcomes(responses)).toEqual(bodies.map(() => '200'));
      const draft = await draftOf(id);
      expect(draft).toMatchObject({ ...Object.assign({}, ...bodies.slice(0, 5)), categories: [{ id: a }] });
      expect(draft.baseVersion).toBe(1);
    }),
  );

  test(
    'eight clients begin it with the version of the article: one 200, the others 412',
    rounds(async () => {
      const { id } = await newArticle(server.as.editor);
      const headers = { 'if-match': '"1"' };
      const responses = await concurrently(8, (n) => patch(draftPath(id), { title: `Client ${n}` }, headers));
      expect(outcomes(responses)).toEqual(['200', ...Array(7).fill('412 version_mismatch')]);
    }),
  );

  test('eight clients add to the text with If-Match: no update is lost', async () => {
    const id = await begun({ content: '' });
    const SAVES = runs(12);
    const responses = await concurrently(8, (client) =>
      times(SAVES, async (n) => {
        for (;;) {
          const { content, version } = await draftOf(id);
          const headers = { 'if-match': `"${version}"` };
          const response = await patch(draftPath(id), { content: `${content}${client}.${n} ` }, headers);
          if (response.status === 200) return response.body.version as number;
          expect(outcomes([response])).toEqual(['412 version_mismatch']);
        }
      }),
    );
    const { content, version } = await draftOf(id);
    const expected = responses.flatMap((saves, client) => saves.map((_, n) => `${client}.${n}`));
    expect(content.trim().split(' ').toSorted()).toEqual(expected.toSorted());
    expect(new Set(responses.flat()).size).toBe(8 * SAVES);
    expect(version).toBe(2 + 8 * SAVES);
  });

  test(
    'begun while the article and its links change: it is the article of its base version',
    rounds(async () => {
      const [a, b, c] = await newCategories(3);
      const { id } = await newArticle(server.as.editor, { categoryIds: [a] });
      await Promise.all([
        patch(articlePath(id), { title: 'Two', categoryIds: [b, a] }),
        patch(articlePath(id), { title: 'Three', categoryIds: [c, b] }),
        patch(draftPath(id), {}),
        server.as.editor.put(`${articlePath(id)}/categories/${c}`),
      ]);
      // A response shows what publishing it would make of the article, which the writers have changed since.
      const { rows } = await server.database.pool.query(
        'select base_version, title, category_ids::int[] from article_drafts where article_id = $1',
        [id],
      );
      const base = await get(`${articlePath(id)}/revisions/${rows[0].base_version}`);
      expect([rows[0].title, rows[0].category_ids]).toEqual([base.title, idsOf(base.categories)]);
    }),
  );
});

test('Readers see the old or the new article while drafts are published, never a mixture', async () => {
  const categories = await newCategories(6);
  const idsFor = (n: number) => [categories[n % 6], categories[(n + 1) % 6], categories[(n + 2) % 6]];
  const state = (n: number) => ({ title: `State ${n}`, excerpt: `State ${n}`, content: `State ${n}` });
  const { id } = await newArticle(server.as.editor, { ...state(0), categoryIds: idsFor(0) });
  const end = new AbortController();
  let reads = 0;
  const expectWhole = (row: any) => {
    const n = Number(row.title.split(' ')[1]);
    expect(row).toMatchObject(state(n));
    expect(idsOf(row.categories)).toEqual(idsFor(n));
    return n;
  };
  const poll = async (read: () => Promise<any>) => {
    let newest = 0;
    while (!end.signal.aborted) {
      const row = await read();
      if (row === undefined) continue; // the category has not got it
      reads += 1;
      const n = expectWhole(row);
      expect(n).toBeGreaterThanOrEqual(newest);
      newest = n;
    }
  };
  const anonymous = async (path: string) => (await server.anonymous.get(path)).body;
  const fields = 'fields=title,excerpt,content,categories';
  const publishAll = async () => {
    await times(runs(40), async (n) => {
      await patch(draftPath(id), { ...state(n + 1), categoryIds: idsFor(n + 1) });
      expect((await publish(id)).status).toBe(200);
    });
    end.abort();
  };
  await Promise.all([
    publishAll(),
    poll(() => anonymous(articlePath(id))),
    poll(async () => (await anonymous(`/articles?ids=${id}&${fields}`)).data[0]),
    poll(async () => (await anonymous(`/categories/${categories[0]}/articles?${fields}`)).data[0]),
  ]);
  expect(reads).toBeGreaterThan(runs(40));
  expect(expectWhole(await anonymous(articlePath(id)))).toBe(runs(40));
});

test('Readers do not wait for a draft that is being published', async () => {
  const [category] = await newCategories(1);
  const id = await begun({ title: 'Draft' }, { title: 'Article', categoryIds: [category] });
  const client = await server.database.pool.connect();
  await client.query('begin');
  await client.query('select from article_drafts where article_id = $1 for update', [id]);
  const publishing = publish(id);
  await untilStatementsWait(client);
  for (const path of [articlePath(id), draftPath(id)]) expect((await get(path)).id).toBe(id);
  const { body } = await server.anonymous.get(`/categories/${category}/articles`);
  expect(body.data[0].title).toBe('Article');
  await client.query('commit');
  client.release();
  expect((await publishing).body.title).toBe('Draft');
});
