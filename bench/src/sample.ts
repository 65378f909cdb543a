import type pg from 'pg';
import { httpRequest, once } from './load/connection.ts';
import { seeded, zipf } from './random.ts';
import { articlesAt, SHAPE } from './seed.ts';

const DEPTH = 100_000;
const LIMIT = 20;
/** How many different deep pages are asked for, of each category that is deep enough. */
const DEEP_PAGES = 50;
/** How many articles W9 works on. */
const OWN = 2_000;

/** What requests are made of. */
export interface Sample {
  /** Tells the titles of one run from those of another. */
  run: string;
  random: () => number;
  article: () => number;
  /** By Zipf's law, as they are filled. */
  category: () => number;
  /** Different ones; with `parity` only even or only odd ids. */
  categories: (count: number, parity?: number) => number[];
  depth: number;
  deep: { category: number; page: number; cursor: string }[];
  /** Articles made for W9. */
  own: number[];
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
    own: await ownArticles(client),
  };
}

/** Cursors that deep in the largest categories: made from places that PostgreSQL tells, as walking there would take hours. */
async function deepPages(client: pg.Client, port: number, depth: number): Promise<Sample['deep']> {
  const { rows: large } = await client.query<{ id: string }>(
    'select category_id as id from category_counts where direct > $1 order by direct desc limit 3',
    [depth + LIMIT * (DEEP_PAGES + 1)],
  );
  const pages = await Promise.all(
    large.map(async ({ id }) => {
      const category = Number(id);
      const mark = await fingerprintOf(port, category);
      const { rows } = await client.query<{ key: Date; id: string; row: number }>(
        `select key, id, row from (
          select listed_at as key, article_id as id, (row_number() over (order by listed_at desc, article_id desc))::int as row
          from article_categories where category_id = $1 order by listed_at desc, article_id desc limit $2
        ) as newest where row >= $3 and row % ${LIMIT} = 0`,
        [category, depth + LIMIT * DEEP_PAGES, depth],
      );
      return rows.map(({ key, id: last, row }) => ({
        category,
        page: row / LIMIT + 1,
        cursor: Buffer.from(JSON.stringify([mark, key.toISOString(), Number(last)])).toString('base64url'),
      }));
    }),
  );
  return pages.flat();
}

/** A cursor of Rubric's begins with what marks the list it belongs to. */
async function fingerprintOf(port: number, category: number): Promise<string> {
  const { body } = await once(port, httpRequest({ method: 'GET', path: `/categories/${category}/articles` }));
  const { page } = JSON.parse(body) as { page: { next: string } };
  const [mark] = JSON.parse(Buffer.from(page.next, 'base64url').toString()) as [string];
  return mark;
}

/** Each under five categories already, so that the first round replaces as the last one does. */
async function ownArticles(client: pg.Client): Promise<number[]> {
  const { rows } = await client.query<{ id: string }>(
    `with own as (
      insert into articles (title, slug, content, published_at)
      select 'Own ' || n, 'own-' || n || '-' || (extract(epoch from now()))::bigint, repeat('bread and salt ', 133), '2005-01-01'
      from generate_series(1, $1) as n returning id, listed_at
    ), filed as (
      insert into article_categories (article_id, category_id, position, listed_at)
      select own.id, 1 + (own.id * 7 + n * 199) % $2, n, own.listed_at from own cross join generate_series(1, 5) as n
    ) select id from own`,
    [OWN, SHAPE.categories],
  );
  return rows.map(({ id }) => Number(id));
}
