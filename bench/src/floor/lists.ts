import type { Form } from './article.ts';
import { run } from './database.ts';
import { subtreeOf } from './names.ts';

/** One row more than a page, to know whether another page follows. */
const FETCH = 21;
const LIMIT = FETCH - 1;

/** The start of a page: `$1` and `$2` of every list. The first page starts at the current time. */
const RANGE = '< (coalesce($1::timestamptz, now()), coalesce($2::bigint, 9223372036854775807))';
const ORDER = `order by published_at desc, id desc limit ${FETCH}`;
/** The links of one category in the range, newest first. */
const linksOf = (
  category: string,
  condition = 'true',
) => `select l.article_id as id, l.published_at from article_categories as l
  where l.category_id = ${category} and (l.published_at, l.article_id) ${RANGE} and ${condition}
  order by l.published_at desc, l.article_id desc limit ${FETCH}`;
/**
 * Whether an article has a category. Uses the index of the category's list, where consecutive lookups are neighbours: half
 * the time of the primary key. `offset 0` keeps PostgreSQL from turning it into a join of all rows.
 */
const isLinkedTo = (category: string) => `exists (select from article_categories as o
  where o.category_id = ${category} and o.published_at = l.published_at and o.article_id = l.article_id offset 0)`;
/** The ids of a page, for each kind of list. These statements use knowledge about the data of this benchmark. */
const PAGES = {
  category: linksOf('$3'),
  // Scans the smaller category, which is the one with the larger id, and probes the other.
  both: linksOf('$3', isLinkedTo('$4')),
  any: `select distinct top.id, top.published_at from unnest($3::bigint[]) as wanted (category)
    cross join lateral (${linksOf('wanted.category')}) as top ${ORDER}`,
  // A subtree of a hundred categories has at least a tenth of all articles, so a scan of the newest soon fills the page.
  subtree: `select l.id, l.published_at from articles as l where (l.published_at, l.id) ${RANGE} and (
      select count(*) from article_categories as o where o.article_id = l.id and o.category_id + 0 = any ($3::bigint[])
    ) > 0 ${ORDER}`,
  without: linksOf('$3', `not ${isLinkedTo('$4')}`),
  // Every word is in at least one of a hundred articles, so scanning the list is faster than the GIN index.
  search: linksOf(
    '$3',
    `exists (select from article_words as s
      where s.article_id = l.article_id and s.document @@ (select to_tsquery('simple', $4)) offset 0)`,
  ),
} as const;
type Kind = keyof typeof PAGES;

export type Query = Record<string, string | undefined>;

interface Request {
  path: string;
  query: Query;
  /** The id in the path of `GET /categories/:id/articles`. */
  category?: string;
}

/** Returns the JSON of a list and its `Link` header. */
export async function listResponse(form: Form, formName: string, { path, query, category }: Request) {
  const [kind, values] = category === undefined ? kindOf(query) : (['category', [category]] as const);
  const [key, id] = positionOf(query['after']);
  const text = `with page as (${PAGES[kind]}) ${form.select(false)} order by page.published_at desc, page.id desc`;
  const rows = await run(`${formName}_${kind}`, text, [key, id, ...values]);
  const shown = rows.slice(0, LIMIT);
  const next = rows.length > LIMIT ? cursorOf(shown.at(-1)) : null;
  const previous = key === null ? null : cursorOf(shown[0]);
  const data = shown.map((row) => form.toJson(row, false)).join(',');
  return {
    body: `{"data":[${data}],"page":${JSON.stringify({ limit: LIMIT, next, previous })}}`,
    link: [link(path, query, 'after', next, 'next'), link(path, query, 'before', previous, 'prev')]
      .filter(Boolean)
      .join(', '),
  };
}

function kindOf(query: Query): [Kind, (string | string[] | undefined)[]] {
  const ids = (name: string) => query[`categories[${name}]`]?.split(',') ?? [];
  const [all, any, none] = [ids('all'), ids('any'), ids('none')];
  if (query['q'] !== undefined) return ['search', [all[0], `${query['q']}:*`]];
  if (query['descendants'] === 'true') return ['subtree', [subtreeOf(any[0] ?? '')]];
  if (any.length > 0) return ['any', [any]];
  if (none.length > 0) return ['without', [all[0], none[0]]];
  return all.length > 1 ? ['both', all.toSorted((a, b) => Number(b) - Number(a))] : ['category', [all[0]]];
}

/** Cursors have the form of Rubric's, so that both get the same requests. The fingerprint is not checked. */
function positionOf(cursor: string | undefined): [string | null, number | null] {
  if (cursor === undefined) return [null, null];
  const [, key, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string, number];
  return [key, id];
}

function cursorOf(row: unknown[] | undefined): string | null {
  return row === undefined ? null : Buffer.from(JSON.stringify(['12345678', row[1], row[0]])).toString('base64url');
}

function link(path: string, query: Query, parameter: string, cursor: string | null, rel: string): string {
  if (cursor === null) return '';
  const parameters = Object.entries(query).filter(([name]) => name !== 'after' && name !== 'before');
  return `<${path}?${[...parameters.map(([name, value]) => `${name}=${value}`), `${parameter}=${cursor}`].join('&')}>; rel="${rel}"`;
}
