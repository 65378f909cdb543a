import fc from 'fast-check';
import type { TestServer } from '../../harness/server.ts';
import type { Article, Author, Category, World } from './oracle.ts';

/** What an arbitrary makes. */
export type Made<T> = T extends fc.Arbitrary<infer U> ? U : never;

/** Made to collide: equal but for case, accents, or the way an accent is written. */
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
export const WORDS = ['rye', 'bread', 'crème', 'Creme', 'Äpfel', 'straße', 'salt', 'saltwater', 'apple', 'жито'];
const DEEPEST = 4;

/** Few, so that many articles share one. */
export const INSTANTS = [0, 1, 2, 3, 500, 1_000, 86_400_000, 900_000_000].map((after) =>
  new Date(Date.parse('2024-05-01T00:00:00Z') + after).toISOString(),
);

const text = (most: number) => fc.array(fc.constantFrom(...WORDS), { maxLength: most }).map((words) => words.join(' '));

/** A tree as the index of each parent among the categories before it (beyond them: none). */
const categorySpec = fc.record({ parent: fc.nat(40), position: fc.integer({ min: -1, max: 2 }) });

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
    categories: fc.uniqueArray(fc.nat(Math.max(0, categories - 1)), { maxLength: Math.min(categories, 5) }),
    authors: fc.uniqueArray(fc.nat(Math.max(0, authors - 1)), { maxLength: authors }),
  });
type ArticleSpec = Made<ReturnType<typeof articleSpec>>;

const worldOf = (
  categories: number,
  authors: number,
  articles: { minLength: number; maxLength: number },
  wide: boolean,
) =>
  fc.record({
    wide: fc.constant(wide),
    categories: fc.array(categorySpec, { minLength: categories, maxLength: categories }),
    authors: fc.constant(authors),
    articles: fc.array(articleSpec(categories, authors), { ...articles, size: 'max' }),
  });

const small = fc
  .record({ categories: fc.nat(12), authors: fc.nat(3) })
  .chain(({ categories, authors }) => worldOf(categories, authors, { minLength: 0, maxLength: 60 }, false));

/** The first category has more than 32 below it: the list engine goes another way there. */
const wide = fc
  .constantFrom(10, 150)
  .chain((least) => worldOf(45, 3, { minLength: least, maxLength: least + 120 }, true));

export const worldSpecs = fc.oneof({ weight: 2, arbitrary: small }, { weight: 1, arbitrary: wide });
export type WorldSpec = Made<typeof worldSpecs>;

/** Puts a world in the place of what is there, by SQL; triggers and foreign keys do their part as they do for the server. */
export async function writeWorld({ database: { pool } }: TestServer, spec: WorldSpec): Promise<void> {
  await pool.query(
    'truncate articles, categories, category_counts, category_count_deltas, counted_articles restart identity cascade',
  );
  // Not truncated: that would take the accounts along, and with them the tokens.
  await pool.query("delete from authors; select setval(pg_get_serial_sequence('authors', 'id'), 1, false)");
  const rows = (values: unknown[]) => [JSON.stringify(values)];
  await pool.query(
    `insert into authors (name, slug) select 'Author ' || n, 'author-' || n from generate_series(1, $1::int) as n order by n`,
    [spec.authors],
  );
  await pool.query(
    `insert into categories (name, slug, parent_id, position)
     select 'Category ' || n, 'category-' || n, "parentId", position
     from rows from (jsonb_to_recordset($1) as ("parentId" bigint, position int)) with ordinality as t ("parentId", position, n) order by n`,
    rows(categoryRows(spec)),
  );
  await pool.query(
    `insert into articles (title, slug, excerpt, content, published_at)
     select title, 'article-' || n, excerpt, content, published
     from rows from (jsonb_to_recordset($1) as (title text, excerpt text, content text, published timestamptz))
       with ordinality as t (title, excerpt, content, published, n) order by n`,
    rows(spec.articles),
  );
  for (const what of ['categories', 'authors'] as const) await pool.query(LINKS[what], rows(linkRows(spec, what)));
  const trashed = spec.articles.flatMap((article, index) => (article.trashed ? [index + 1] : []));
  await pool.query('update articles set deleted_at = now() where id = any($1)', [trashed]);
}

function categoryRows({ categories, wide: isWide }: WorldSpec) {
  const depths: number[] = [];
  return categories.map(({ parent, position }, index) => {
    const chosen = isWide && index > 0 ? parent % Math.min(index, 4) : parent;
    const below = chosen < index && (depths[chosen] ?? 0) < DEEPEST - 1;
    depths.push(below ? (depths[chosen] ?? 0) + 1 : 0);
    return { parentId: below ? chosen + 1 : null, position };
  });
}

const linkRows = ({ articles }: WorldSpec, what: 'categories' | 'authors') =>
  articles.flatMap((article: ArticleSpec, index) =>
    article[what].map((linked, place) => ({ article: index + 1, linked: linked + 1, position: place + 1 })),
  );

const linksOf = (table: string, column: string, linked: string) => `
  insert into ${table} (article_id, ${column}, position, listed_at)
  select article, linked, position, listed_at from jsonb_to_recordset($1) as link (article bigint, linked bigint, position int)
  join articles on articles.id = article join ${linked} on ${linked}.id = linked`;
const LINKS = {
  categories: linksOf('article_categories', 'category_id', 'categories').replace(
    'position, listed_at from',
    'link.position, listed_at from',
  ),
  authors: linksOf('article_authors', 'author_id', 'authors'),
};

/** The world as it is now, for the oracle: plain rows, without what is stored for speed. */
export async function readWorld({ database: { pool } }: TestServer): Promise<World> {
  const select = async <T>(columns: string) => (await pool.query(`select ${columns}`)).rows.map(withNumbers) as T[];
  const ids = (table: string, column: string) =>
    `array(select ${column} from ${table} where article_id = articles.id order by position)`;
  return {
    categories: await select<Category>('id, name, slug, parent_id as "parentId", position from categories'),
    authors: await select<Author>('id, name, slug from authors'),
    articles: await select<Article>(
      `id, title, slug, excerpt, content, content_format as "contentFormat", published_at as "publishedAt",
       deleted_at as "deletedAt", created_at as "createdAt", updated_at as "updatedAt", version,
       ${ids('article_categories', 'category_id')} as "categoryIds", ${ids('article_authors', 'author_id')} as "authorIds"
       from articles`,
    ),
  };
}

/** The driver gives a bigint as text. */
const withNumbers = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      key.endsWith('Ids') ? value.map(Number) : /^id$|Id$/.test(key) && value ? Number(value) : value,
    ]),
  );
