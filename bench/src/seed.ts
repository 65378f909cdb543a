import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { seeded, zipf } from './random.ts';

/** The data at scale 1. */
export const SHAPE = { articles: 1_000_000, categories: 1_000, linksPerArticle: 3, contentBytes: 2_000 };
export const WORDS =
  'bread salt harbour ferry paper sourdough tide gull library winter rain tram coffee window garden letter'.split(' ');
/** Each word of a content has a number from 0 to 999 appended. */
export const NUMBERS = 1000;
/** The tree: 10 roots with 9 children each, and 10 grandchildren for each child. A subtree of a root has 100 categories. */
export const ROOTS = 10;
const CHILDREN = 9;
const START = Date.UTC(2006, 0, 1);
const STEP_MS = 600_000;

export const articlesAt = (scale: number) => Math.round(SHAPE.articles * scale);

/**
 * Fills an empty database with COPY. All articles are published, ten minutes apart (less for more than a million, so that
 * the last one is in the past too). Each has three categories, drawn by Zipf's law: the largest category has more than
 * 300,000 of a million articles. Triggers do not run; `derive.ts` fills the tables that they would have filled.
 */
export async function seed(client: pg.Client, scale: number): Promise<void> {
  const count = articlesAt(scale);
  const publishedAt = (id: number) => new Date(START + (id * STEP_MS) / Math.max(1, scale)).toISOString();
  await copy(client, 'categories (id, name, slug, parent_id, position)', categoryRows());
  await copy(
    client,
    'articles (id, title, slug, excerpt, content, published_at, created_at, updated_at)',
    articleRows(count, publishedAt),
  );
  await copy(client, 'article_categories (article_id, category_id, position, listed_at)', linkRows(count, publishedAt));
  for (const table of ['categories', 'articles']) {
    await client.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`);
  }
}

async function copy(client: pg.Client, into: string, rows: Iterable<string>) {
  await pipeline(Readable.from(batched(rows), { objectMode: true }), client.query(copyFrom(`copy ${into} from stdin`)));
}

function* batched(rows: Iterable<string>) {
  let batch = '';
  for (const row of rows) {
    batch += row;
    if (batch.length > 65_536) {
      yield batch;
      batch = '';
    }
  }
  if (batch !== '') yield batch;
}

function* categoryRows() {
  for (let id = 1; id <= SHAPE.categories; id += 1) {
    yield `${id}\tCategory ${id}\tcategory-${id}\t${parentOf(id) ?? '\\N'}\t${id}\n`;
  }
}

/**
 * Ids are ranks of popularity. Roots and children get the popular ones in turn, so that each subtree has a hundred
 * categories of all sizes.
 */
function parentOf(id: number): number | null {
  if (id <= ROOTS) return null;
  if (id <= ROOTS + ROOTS * CHILDREN) return ((id - 1) % ROOTS) + 1;
  return ROOTS + ((id - 1) % (ROOTS * CHILDREN)) + 1;
}

function* articleRows(count: number, publishedAt: (id: number) => string) {
  const random = seeded(1);
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? '';
  for (let id = 1; id <= count; id += 1) {
    let content = `Article ${id} `;
    while (content.length < SHAPE.contentBytes - 12) content += `${word()}${Math.floor(random() * NUMBERS)} `;
    const at = publishedAt(id);
    yield `${id}\tThe ${word()} and the ${word()} ${id}\tarticle-${id}\tAbout ${word()}.\t${content}\t${at}\t${at}\t${at}\n`;
  }
}

function* linkRows(count: number, publishedAt: (id: number) => string) {
  const draw = zipf(SHAPE.categories, seeded(2));
  for (let id = 1; id <= count; id += 1) {
    const chosen = new Set<number>();
    while (chosen.size < SHAPE.linksPerArticle) chosen.add(draw());
    let position = 0;
    for (const category of chosen) yield `${id}\t${category}\t${(position += 1)}\t${publishedAt(id)}\n`;
  }
}
