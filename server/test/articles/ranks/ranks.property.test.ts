import { describe, expect, test } from 'vitest';
import { concurrently, outcomes } from '../../harness/concurrency.ts';
import { walkForward } from '../../harness/pages.ts';
import { runs, useRandom } from '../../harness/random.ts';
import { idsOf, minutesFromNow, newArticle, newCategory, times } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer({ DATABASE_POOL: '20' });
const random = useRandom();
const below = (max: number) => Math.floor(random.next() * max);
const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T;

const ranksOf = async (categoryId: number) => {
  const { rows } = await server.database.pool.query(
    'select article_id::int as id from article_categories where category_id = $1 and rank is not null order by rank',
    [categoryId],
  );
  return idsOf(rows);
};
const rankUrl = (category: number, article: number) => `/categories/${category}/articles/${article}/rank`;

/** What editors see, as plain lists. */
class Model {
  /** The articles in the category with the time of publication; null for drafts. */
  readonly filed = new Map<number, string | null>();
  readonly trashed = new Set<number>();
  ranked: number[] = [];

  get visible(): number[] {
    const dateOf = (id: number) => this.filed.get(id) ?? null;
    const isVisible = (id: number) => dateOf(id) !== null && !this.trashed.has(id);
    const others = [...this.filed.keys()].filter((id) => isVisible(id) && !this.ranked.includes(id));
    const newestFirst = (a: number, b: number) => Date.parse(dateOf(b) ?? '') - Date.parse(dateOf(a) ?? '') || b - a;
    return [...this.ranked.filter(isVisible), ...others.toSorted(newestFirst)];
  }

  /** Returns the status of the response. */
  move(id: number, place: { first?: true; before?: number; after?: number }): number {
    if (!this.filed.has(id) || this.trashed.has(id)) return 404;
    const anchor = place.before ?? place.after;
    if (anchor !== undefined && !this.ranked.includes(anchor)) return 422;
    if (anchor === id) return 204;
    this.ranked = this.ranked.filter((each) => each !== id);
    const index = anchor === undefined ? 0 : this.ranked.indexOf(anchor) + (place.after === undefined ? 0 : 1);
    this.ranked.splice(index, 0, id);
    return 204;
  }
}

test('random moves, links, publications and trips to the trash: lists equal those of a plain model', async () => {
  const { editor } = server.as;
  const { id: category } = await newCategory(editor, { ordering: 'manual' });
  const model = new Model();
  const all = idsOf(
    await times(14, async (n) => {
      const publishedAt = minutesFromNow(-(n % 5) - 10);
      const article = await newArticle(editor, { publishedAt, categoryIds: [category] });
      model.filed.set(article.id, article.publishedAt);
      return article;
    }),
  );
  const dates = new Map(model.filed);
  const move = async (id: number) => {
    const place = oneOf([{ first: true as const }, { before: oneOf(all) }, { after: oneOf(all) }]);
    const expected = model.move(id, place);
    expect((await editor.put(rankUrl(category, id), place)).status).toBe(expected);
  };
  const actions = [
    move,
    move,
    move,
    async (id: number) => {
      model.ranked = model.ranked.filter((each) => each !== id);
      expect((await editor.delete(rankUrl(category, id))).status).toBe(204);
    },
    async (id: number) => {
      if (model.trashed.has(id)) return;
      const isFiled = model.filed.has(id);
      if (isFiled) {
        model.filed.delete(id);
        model.ranked = model.ranked.filter((each) => each !== id);
      } else model.filed.set(id, dates.get(id) ?? null);
      expect((await editor.patch(`/articles/${id}`, { categoryIds: isFiled ? [] : [category] })).status).toBe(200);
    },
    async (id: number) => {
      if (model.trashed.has(id)) return;
      const publishedAt = below(3) === 0 ? null : minutesFromNow(-below(60) - 1);
      dates.set(id, publishedAt);
      if (model.filed.has(id)) model.filed.set(id, publishedAt);
      expect((await editor.patch(`/articles/${id}`, { publishedAt })).status).toBe(200);
    },
    async (id: number) => {
      if (model.trashed.has(id)) model.trashed.delete(id);
      else model.trashed.add(id);
      const call = model.trashed.has(id) ? editor.delete(`/articles/${id}`) : editor.post(`/articles/${id}/restore`);
      expect((await call).status).toBeLessThan(300);
    },
  ];
  for (let step = 0; step < runs(120); step += 1) {
    await oneOf(actions)(oneOf(all));
    const path = `/categories/${category}/articles`;
    const limit = 1 + below(7);
    expect(idsOf((await walkForward(server.anonymous, `${path}?total=true`, limit)).rows)).toEqual(model.visible);
    if (step % 5 === 0) {
      const { body } = await server.anonymous.get(`/categories/${category}`);
      expect(idsOf(body.articles.data)).toEqual(model.visible);
      expect(body.articleCount).toBe(model.visible.length);
      expect(idsOf(await walk(path, 'before', limit))).toEqual(model.visible);
      expect(await ranksOf(category)).toEqual(model.ranked);
    }
  }
});

/** Pages to the end of a list, or from its end to its start. */
async function walk(path: string, direction: 'after' | 'before', pageSize: number, pause = async () => {}) {
  const start = direction === 'after' ? '' : `&page=${Math.floor(10_000 / pageSize)}`;
  const separator = path.includes('?') ? '&' : '?';
  const pages: { id: number }[][] = [];
  for (let position: string | null = start; position !== null; ) {
    const { body, status } = await server.anonymous.get(`${path}${separator}limit=${pageSize}${position}`);
    expect(status).toBe(200);
    pages.push(body.data);
    const cursor = direction === 'after' ? body.page.next : body.page.previous;
    position = cursor && `&${direction}=${cursor}`;
    await pause();
  }
  return (direction === 'after' ? pages : pages.reverse()).flat();
}

describe('Beside editors who move other articles', () => {
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 2));

  test.each(['', 'sort=rank&categories[none]=999999'])(
    'a walk returns every unmoved article exactly once (%s)',
    async (parameters) => {
      const { editor } = server.as;
      const { id: category } = await newCategory(editor, { ordering: 'manual' });
      const all = idsOf(
        await times(60, (n) => newArticle(editor, { publishedAt: minutesFromNow(-n - 1), categoryIds: [category] })),
      );
      const rest = all.slice(30);
      for (const id of rest.toReversed())
        expect((await editor.put(rankUrl(category, id), { first: true })).status).toBe(204);
      const moved = all.filter((_, n) => n % 3 === 0);
      const unmoved = [...rest, ...all.slice(0, 30)].filter((id) => !moved.includes(id));
      const stop = new AbortController();
      const write = async () => {
        while (!stop.signal.aborted) {
          const place = oneOf([{ first: true }, { after: oneOf(rest) }, { before: oneOf(moved) }]);
          const id = oneOf(moved);
          const call = below(4) === 0 ? editor.delete(rankUrl(category, id)) : editor.put(rankUrl(category, id), place);
          expect([204, 422]).toContain((await call).status);
          await pause();
        }
      };
      const writers = [write(), write(), write()];
      try {
        const path = `/categories/${category}/articles?${parameters}`;
        const onlyUnmoved = (rows: { id: number }[]) => idsOf(rows).filter((id) => unmoved.includes(id));
        for (let round = 0; round < runs(3); round += 1) {
          for (const direction of ['after', 'before'] as const)
            expect(onlyUnmoved(await walk(path, direction, 7, pause)), direction).toEqual(unmoved);
        }
      } finally {
        stop.abort();
        await Promise.all(writers);
      }
    },
  );
});

describe('16 clients', () => {
  test('who move one article at the same time all succeed, and no rank is given twice', async () => {
    const { editor } = server.as;
    for (let round = 0; round < runs(10); round += 1) {
      const { id: category } = await newCategory(editor, { ordering: 'manual' });
      const [a, b, c] = idsOf(await times(3, () => newArticle(editor, { categoryIds: [category] }))) as [
        number,
        number,
        number,
      ];
      for (const id of [b, a]) await editor.put(rankUrl(category, id), { first: true });
      const places = [{ first: true }, { before: a }, { after: a }, { before: b }, { after: b }];
      const responses = await concurrently(16, (n) => editor.put(rankUrl(category, c), places[n % places.length]));
      expect(new Set(outcomes(responses))).toEqual(new Set(['204']));
      const order = await ranksOf(category);
      expect(order.filter((id) => id !== c)).toEqual([a, b]);
      expect(order).toHaveLength(3);
      expect(idsOf((await server.anonymous.get(`/categories/${category}/articles`)).body.data)).toEqual(order);
    }
  });

  test('who move their own articles to the top, beside links, publications and deletions, all succeed', async () => {
    const { editor } = server.as;
    const { id: category } = await newCategory(editor, { ordering: 'manual' });
    const mine = idsOf(await times(16, () => newArticle(editor, { categoryIds: [category] })));
    for (let round = 0; round < runs(5); round += 1) {
      const calls = await concurrently(48, async (n) => {
        const id = mine[n % 16] as number;
        if (n < 16) return editor.put(rankUrl(category, id), { first: true });
        if (n < 32) return editor.patch(`/articles/${id}`, { publishedAt: minutesFromNow(-below(60) - 1) });
        return editor.post('/articles', { title: 'New', categoryIds: [category] });
      });
      expect(calls.filter(({ status }) => status >= 300)).toEqual([]);
      expect((await ranksOf(category)).toSorted((x, y) => x - y)).toEqual(mine);
    }
  });
});
