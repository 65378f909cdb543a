import type pg from 'pg';
import { httpRequest, once } from './load/connection.ts';
import { seeded, zipf } from './random.ts';
import { articlesAt, SHAPE } from './seed.ts';

const DEPTH = 100_000;
const LIMIT = 20;
/** The number of different deep pages for each category that is large enough. */
const DEEP_PAGES = 50;
/** The number of articles that W9 updates. */
const UPDATED = 2_000;

/** The values that requests are built from. */
export interface Sample {
  /** Part of each title, so that two runs create different titles. */
  run: string;
  random: () => number;
  article: () => number;
  /** Follows Zipf's law, as the sizes of the categories do. */
  category: () => number;
  /** Distinct ids; with `parity` only even or only odd ones. */
  categories: (count: number, parity?: number) => number[];
  depth: number;
  deep: { category: number; page: number; cursor: string }[];
  /** Articles that were created for W9. */
  updatable: number[];
}

export async function takeSample(client: pg.Client, rubricPort: number, scale: number): Promise<Sample> {
  const random = seeded(3);
  const category = zipf(SHAPE.categories, random);
  const depth = Math.round(DEPTH * Math.min(1, scale));
  return {
    run: Date.now().toString(36),
    random,
    article: () => 1 + Math.floor(random() * articlesAt(scale)),
    category,
    categories: (count, parity) => {
      const chosen = new Set<number>();
      while (chosen.size < count) {
        const id = category();
        if (parity === undefined || id % 2 === parity) chosen.add(id);
      }
      return [...chosen];
    },
    depth,
    deep: await deepPages(client, rubricPort, depth),
    updatable: await createUpdatable(client),
  };
}

/** Returns cursors for deep pages of the largest categories, computed in PostgreSQL: following `next` would take hours. */
async function deepPages(client: pg.Client, port: number, depth: number): Promise<Sample['deep']> {
  const { rows: large } = await client.query<{ id: string }>(
    'select category_id as id from category_counts where direct > $1 order by direct desc limit 3',
    [depth + LIMIT * (DEEP_PAGES + 1)],
  );
  const pages: Sample['deep'] = [];
  for (const { id } of large) {
    const category = Number(id);
    const fingerprint = await fingerprintOf(port, category);
    const { rows } = await client.query<{ key: Date; id: string; row: number }>(
      `select key, id, row from (
        select listed_at as key, article_id as id, (row_number() over (order by listed_at desc, article_id desc))::int as row
        from article_categories where category_id = $1 order by listed_at desc, article_id desc limit $2
      ) as newest where row >= $3 and row % ${LIMIT} = 0`,
      [category, depth + LIMIT * DEEP_PAGES, depth],
    );
    for (const { key, id: last, row } of rows) {
      const cursor = Buffer.from(JSON.stringify([fingerprint, key.toISOString(), Number(last)])).toString('base64url');
      pages.push({ category, page: row / LIMIT + 1, cursor });
    }
  }
  return pages;
}

/** A cursor of Rubric begins with a fingerprint of its list. */
async function fingerprintOf(port: number, category: number): Promise<string> {
  const { body } = await once(port, httpRequest({ method: 'GET', path: `/categories/${category}/articles` }));
  const { page } = JSON.parse(body) as { page: { next: string } };
  const [fingerprint] = JSON.parse(Buffer.from(page.next, 'base64url').toString()) as [string];
  return fingerprint;
}

/** Creates articles with five categories each, so that the first round replaces as many links as the last. */
async function createUpdatable(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ id: string }>(
    `with created as (
      insert into articles (title, slug, content, published_at)
      select 'Updated ' || n, 'updated-' || n || '-' || (extract(epoch from now()))::bigint, repeat('bread and salt ', 133), '2005-01-01'
      from generate_series(1, $1) as n returning id, listed_at
    ), inserted_links as (
      insert into article_categories (article_id, category_id, position, listed_at)
      select created.id, 1 + (created.id * 7 + n * 199) % $2, n, created.listed_at from created cross join generate_series(1, 5) as n
    ) select id from created`,
    [UPDATED, SHAPE.categories],
  );
  return rows.map(({ id }) => Number(id));
}
