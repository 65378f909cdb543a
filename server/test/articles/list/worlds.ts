import fc from 'fast-check';
import type { TestServer } from '../../harness/server.ts';
import type { Article, Author, Category, World } from './oracle.ts';

/** The values of an arbitrary. */
export type Generated<T> = T extends fc.Arbitrary<infer U> ? U : never;

/** Titles that collide: equal except for case, accents, or the encoding of an accent. */
const TITLES = [
  'apple',
  'Apple',
  'äpple',
  'Äpfel',
  'rye bread',
  'Rye bread',
  'rye',
  'Éclair',
  'eclair',
  'écl\u0061ir',
  'e\u0301clair',
];
export const WORDS = [
  'rye',
  'bread',
  'crème',
  'Creme',
  'Äpfel',
  'straße',
  'salt',
  'saltwater',
  'apple',
  'жито',
  'jean-luc',
  'ΛΌΓΟΣ',
  'λόγος',
  '今天的新闻',
  '新闻',
];
const MAX_DEPTH = 4;

/** Only a few, so that many articles share one. */
export const INSTANTS = [0, 1, 2, 3, 500, 1_000, 86_400_000, 900_000_000].map((after) =>
  new Date(Date.parse('2024-05-01T00:00:00Z') + after).toISOString(),
);

const text = (maxWords: number) =>
  fc.array(fc.constantFrom(...WORDS), { maxLength: maxWords }).map((words) => words.join(' '));

/** A category: the index of its parent among the categories before it (a larger index: no parent). */
const categorySpec = fc.record({
  parent: fc.nat(40),
  position: fc.integer({ min: -1, max: 2 }),
  ordering: fc.constantFrom('newest', 'manual'),
});

const articleSpec = (categories: number, authors: number) =>
  fc.record({
    title: fc.oneof(
      fc.constantFrom(...TITLES),
      text(3).map((words) => `A ${words}`),
    ),
    excerpt: fc.option(text(3)),
    content: text(6),
    published: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<string | null>(...INSTANTS) },
      { weight: 1, arbitrary: fc.constantFrom(null, '2998-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z') },
    ),
    trashed: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    hasDraft: fc.nat(2).map((n) => n === 0),
    categories: fc.uniqueArray(fc.nat(Math.max(0, categories - 1)), { maxLength: Math.min(categories, 5) }),
    authors: fc.uniqueArray(fc.nat(Math.max(0, authors - 1)), { maxLength: authors }),
    /** The place in each category that it is ranked in, in the order of its categories. */
    ranks: fc.array(fc.option(fc.nat(1_000), { freq: 2 }), { minLength: 5, maxLength: 5 }),
  });
type ArticleSpec = Generated<ReturnType<typeof articleSpec>>;

/**
 * Drafts without links. By title and by update half of them come before all other articles, more than the list engine samples, so
 * that it finds the matches behind them in another way.
 */
const FILLERS = 1_040;

const worldOf = (
  categories: number,
  authors: number,
  articles: { minLength: number; maxLength: number },
  wide: boolean,
) =>
  fc.record({
    wide: fc.constant(wide),
    fillers: fc.constantFrom(0, 0, 0, FILLERS),
    categories: fc.array(categorySpec, { minLength: categories, maxLength: categories }),
    authors: fc.constant(authors),
    articles: fc.array(articleSpec(categories, authors), { ...articles, size: 'max' }),
  });

const small = fc
  .record({ categories: fc.nat(12), authors: fc.nat(3) })
  .chain(({ categories, authors }) => worldOf(categories, authors, { minLength: 0, maxLength: 60 }, false));

/** The first category has more than 32 descendants, so that the list engine scans before it merges. */
const wide = fc
  .constantFrom(10, 150)
  .chain((minLength) => worldOf(45, 3, { minLength, maxLength: minLength + 120 }, true));

export const worldSpecs = fc.oneof({ weight: 2, arbitrary: small }, { weight: 1, arbitrary: wide });
export type WorldSpec = Generated<typeof worldSpecs>;

/** Replaces the content of the database by a world, with SQL; triggers and foreign keys are active. */
export async function writeWorld({ database: { pool } }: TestServer, spec: WorldSpec): Promise<void> {
  await pool.query(
    'truncate articles, categories, category_counts, category_count_deltas, counted_articles restart identity cascade',
  );
  // Not truncated, because that would cascade to the accounts and their tokens.
  await pool.query("delete from authors; select setval(pg_get_serial_sequence('authors', 'id'), 1, false)");
  const rows = (values: unknown[]) => [JSON.stringify(values)];
  await pool.query(
    `insert into authors (name, slug) select 'Author ' || n, 'author-' || n from generate_series(1, $1::int) as n order by n`,
    [spec.authors],
  );
  await pool.query(
    `insert into categories (name, slug, parent_id, position, ordering)
     select 'Category ' || n, 'category-' || n, "parentId", position, ordering
     from rows from (jsonb_to_recordset($1) as ("parentId" bigint, position int, ordering text)) with ordinality as t ("parentId", position, ordering, n) order by n`,
    rows(categoryRows(spec)),
  );
  await pool.query(
    `insert into articles (title, slug, excerpt, content, published_at)
     select title, 'article-' || n, excerpt, content, published
     from rows from (jsonb_to_recordset($1) as (title text, excerpt text, content text, published timestamptz))
       with ordinality as t (title, excerpt, content, published, n) order by n`,
    rows(spec.articles),
  );
  for (const relation of ['categories', 'authors'] as const)
    await pool.query(LINKS[relation], rows(linkRows(spec, relation)));
  await pool.query(
    `update article_categories as link set rank = ranked.rank from jsonb_to_recordset($1) as ranked (article bigint, target bigint, rank text)
     where article_id = article and category_id = target`,
    rows(rankRows(spec)),
  );
  await pool.query(
    `insert into articles (title, slug, published_at, updated_at)
     select case n % 2 when 0 then '0' else 'zzz' end, 'filler-' || n, null, timestamptz '2020-01-01' + (n % 2) * interval '50 years'
     from generate_series(1, $1::int) as n`,
    [spec.fillers],
  );
  const trashed = spec.articles.flatMap((article, index) => (article.trashed ? [index + 1] : []));
  await pool.query('update articles set deleted_at = now() where id = any($1)', [trashed]);
  const withDraft = spec.articles.flatMap((article, index) => (article.hasDraft ? [index + 1] : []));
  await pool.query(
    `insert into article_drafts (article_id, version, base_version, title, slug, category_ids, author_ids)
     select id, version + 1, version, 'Draft', slug, '{}', '{}' from articles where id = any($1)`,
    [withDraft],
  );
}

function categoryRows({ categories, wide: isWide }: WorldSpec) {
  const depths: number[] = [];
  return categories.map(({ parent, position, ordering }, index) => {
    const parentIndex = isWide && index > 0 ? parent % Math.min(index, 4) : parent;
    const hasParent = parentIndex < index && (depths[parentIndex] ?? 0) < MAX_DEPTH - 1;
    depths.push(hasParent ? (depths[parentIndex] ?? 0) + 1 : 0);
    return { parentId: hasParent ? parentIndex + 1 : null, position, ordering };
  });
}

const linkRows = ({ articles }: WorldSpec, relation: 'categories' | 'authors') =>
  articles.flatMap((article: ArticleSpec, index) =>
    article[relation].map((target, position) => ({ article: index + 1, target: target + 1, position: position + 1 })),
  );

/** Ranks that differ in each category. */
const rankRows = ({ articles }: WorldSpec) =>
  articles.flatMap((article: ArticleSpec, index) =>
    article.categories.flatMap((target, n) => {
      const place = article.ranks[n];
      return typeof place === 'number'
        ? [{ article: index + 1, target: target + 1, rank: `${place.toString(36)}z${index.toString(36)}a` }]
        : [];
    }),
  );

const insertLinks = (table: string, column: string) => `
  insert into ${table} (article_id, ${column}, position, listed_at)
  select article, target, position, listed_at from jsonb_to_recordset($1) as link (article bigint, target bigint, position int)
  join articles on articles.id = article`;
const LINKS = {
  categories: insertLinks('article_categories', 'category_id'),
  authors: insertLinks('article_authors', 'author_id'),
};

/** Reads the world back for the oracle: plain rows, without the columns that are stored for speed. */
export async function readWorld({ database: { pool } }: TestServer): Promise<World> {
  const select = async <T>(columns: string) => (await pool.query(`select ${columns}`)).rows.map(withNumbers) as T[];
  const ids = (table: string, column: string) =>
    `array(select ${column} from ${table} where article_id = articles.id order by position)`;
  return {
    categories: await select<Category>('id, name, slug, parent_id as "parentId", position, ordering from categories'),
    authors: await select<Author>('id, name, slug from authors'),
    articles: await select<Article>(
      `id, title, slug, excerpt, content, content_format as "contentFormat", published_at as "publishedAt",
       deleted_at as "deletedAt", created_at as "createdAt", updated_at as "updatedAt", version,
       (select coalesce(jsonb_object_agg(category_id, rank), '{}') from article_categories
         where article_id = articles.id and rank is not null) as ranks,
       ${ids('article_categories', 'category_id')} as "categoryIds", ${ids('article_authors', 'author_id')} as "authorIds",
       exists (select from article_drafts where article_id = articles.id) as "hasDraft"
       from articles`,
    ),
  };
}

/** The driver returns a bigint as text. */
const withNumbers = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      key.endsWith('Ids') ? value.map(Number) : /^id$|Id$/.test(key) && value ? Number(value) : value,
    ]),
  );
