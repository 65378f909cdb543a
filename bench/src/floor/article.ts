import type { FormName } from './forms.ts';
import { authors, categories, namesOf } from './names.ts';

/** One form: how to select an article `a` that is in `page`, and the JSON of a selected row. */
export interface Form {
  select(content: boolean): string;
  /** @param row the columns of one row, in order; the first two are the id and `published_at` */
  toJson(row: unknown[], content: boolean): string;
}

type Linked = readonly [links: string, table: string, key: string];
const CATEGORIES: Linked = ['article_categories', 'categories', 'category_id'];
const AUTHORS: Linked = ['article_authors', 'authors', 'author_id'];

const ids = ([links, , key]: Linked) =>
  `array(select l.${key} from ${links} as l where l.article_id = a.id order by l.position)::text`;

const memory: Form = {
  select: (content) => `select a.id, a.published_at, a.title, a.slug, a.excerpt, ${content ? 'a.content' : "''"},
      a.content_format, a.created_at, a.updated_at, a.version, ${ids(CATEGORIES)}, ${ids(AUTHORS)}
    from page join articles as a on a.id = page.id`,
  toJson: (row, content) => {
    const [id, publishedAt, title, slug, excerpt, text, format, createdAt, updatedAt, version, inCategories, by] = row;
    const article = { id, title, slug, excerpt, ...(content && { content: text }), contentFormat: format };
    const rest = { publishedAt, createdAt, updatedAt, version, status: 'published' };
    const linked = `"categories":${namesOf(categories, inCategories as string)},"authors":${namesOf(authors, by as string)}`;
    return `${JSON.stringify(article).slice(0, -1)},${JSON.stringify(rest).slice(1, -1)},${linked}}`;
  },
};

const ISO = (column: string) => `to_char(a.${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/**
 * The categories (or authors) of an article, in order. `offset 0` keeps PostgreSQL at three index lookups for each article.
 * Without it, PostgreSQL can hash all thousand categories for each.
 */
const objects = ([links, table, key]: Linked) => `coalesce((
  select json_agg(json_build_object('id', t.id, 'name', t.name, 'slug', t.slug)) from (
    select t.id, t.name, t.slug from ${links} as l
    cross join lateral (select id, name, slug from ${table} where id = l.${key} offset 0) as t
    where l.article_id = a.id order by l.position) as t), '[]')`;

const json: Form = {
  select: (content) => `select a.id, a.published_at, json_build_object('id', a.id, 'title', a.title, 'slug', a.slug,
      'excerpt', a.excerpt, ${content ? "'content', a.content," : ''} 'contentFormat', a.content_format,
      'publishedAt', ${ISO('published_at')}, 'createdAt', ${ISO('created_at')}, 'updatedAt', ${ISO('updated_at')},
      'version', a.version, 'status', 'published', 'categories', ${objects(CATEGORIES)}, 'authors', ${objects(AUTHORS)})::text
    from page join articles as a on a.id = page.id`,
  toJson: (row) => row[2] as string,
};

export const FORMS: Record<FormName, Form> = { memory, json };
