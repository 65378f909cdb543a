/**
 * The two forms in which the floor reads articles. `rows`: PostgreSQL returns columns and arrays, and Node builds the JSON.
 * `json`: PostgreSQL builds the JSON of each article, and Node passes it on. The benchmark tries both and uses the faster
 * one for each workload.
 */
export type FormName = 'rows' | 'json';

/** One form: how to select an article `a` whose sort key is in `page`, and the JSON of a selected row. */
export interface Form {
  select(content: boolean): string;
  /** @param row the columns of one row, in order; the first two are the id and `listed_at` */
  toJson(row: unknown[], content: boolean): string;
}

const STATUS = `case when a.deleted_at is not null then 'trashed' when a.published_at is null then 'draft'
  when a.published_at > now() then 'scheduled' else 'published' end`;

type Linked = readonly [links: string, table: string, key: string];

/**
 * The categories (or authors) of an article, in order. `offset 0` keeps PostgreSQL at three index lookups for each article.
 * Without it, PostgreSQL can hash all thousand categories for each.
 */
const linked = (select: string, [links, table, key]: Linked) => `(select ${select} from (
  select t.id, t.name, t.slug from ${links} as l
  cross join lateral (select id, name, slug from ${table} where id = l.${key} offset 0) as t
  where l.article_id = a.id order by l.position) as t)`;
const CATEGORIES: Linked = ['article_categories', 'categories', 'category_id'];
const AUTHORS: Linked = ['article_authors', 'authors', 'author_id'];

const arrays = (alias: string, of: Linked) =>
  `cross join lateral ${linked('array_agg(t.id) as ids, array_agg(t.name) as names, array_agg(t.slug) as slugs', of)} as ${alias}`;

interface Reference {
  id: number;
  name: string;
  slug: string;
}

const rows: Form = {
  select: (content) => `select a.id, page.listed_at, a.title, a.slug, a.excerpt, ${content ? 'a.content' : "''"},
      a.content_format, a.published_at, a.created_at, a.updated_at, a.version, ${STATUS},
      linked_categories.ids, linked_categories.names, linked_categories.slugs, linked_authors.ids, linked_authors.names, linked_authors.slugs
    from page join articles as a on a.id = page.id
    ${arrays('linked_categories', CATEGORIES)} ${arrays('linked_authors', AUTHORS)}`,
  toJson: (row, content) => {
    const [id, , title, slug, excerpt, text, contentFormat, publishedAt, createdAt, updatedAt, version, status] = row;
    return JSON.stringify({
      id,
      title,
      slug,
      excerpt,
      ...(content && { content: text }),
      contentFormat,
      publishedAt,
      createdAt,
      updatedAt,
      version,
      status,
      categories: zip(row, 12),
      authors: zip(row, 15),
    });
  },
};

function zip(row: unknown[], at: number): Reference[] {
  const [ids, names, slugs] = row.slice(at, at + 3) as [number[] | null, string[], string[]];
  return ids === null ? [] : ids.map((id, index) => ({ id, name: names[index] ?? '', slug: slugs[index] ?? '' }));
}

const ISO = (column: string) => `to_char(a.${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const objects = (of: Linked) =>
  `coalesce(${linked("json_agg(json_build_object('id', t.id, 'name', t.name, 'slug', t.slug))", of)}, '[]')`;

const json: Form = {
  select: (content) => `select a.id, page.listed_at, json_build_object('id', a.id, 'title', a.title, 'slug', a.slug,
      'excerpt', a.excerpt, ${content ? "'content', a.content," : ''} 'contentFormat', a.content_format,
      'publishedAt', ${ISO('published_at')}, 'createdAt', ${ISO('created_at')}, 'updatedAt', ${ISO('updated_at')},
      'version', a.version, 'status', ${STATUS}, 'categories', ${objects(CATEGORIES)}, 'authors', ${objects(AUTHORS)})::text
    from page join articles as a on a.id = page.id`,
  toJson: (row) => row[2] as string,
};

export const FORMS: Record<FormName, Form> = { rows, json };
