import type { Form } from './article.ts';
import { run } from './database.ts';

export interface ArticleBody {
  title: string;
  content: string;
  categoryIds: number[];
}

const WANTED = 'unnest($1::bigint[]) with ordinality as wanted (id, position)';

/** The rows that a statement writes cannot be read in it: categories come from what was asked for. */
const written = (form: Form) =>
  form
    .select(true)
    .replace('join articles as a on a.id = page.id', 'cross join written as a')
    .replaceAll('article_categories as l', 'wanted_links as l');

const CREATE = (form: Form) => `with written as (
    insert into articles (title, slug, content, published_at) values ($2, $3, $4, date_trunc('milliseconds', now())) returning *
  ), filed as (
    insert into article_categories (article_id, category_id, position, listed_at)
    select written.id, wanted.id, wanted.position, written.listed_at from written cross join ${WANTED}
  ), page as (select id, listed_at from written),
  wanted_links as (select written.id as article_id, wanted.id as category_id, wanted.position from written cross join ${WANTED})
  ${written(form)}`;

// The triggers raise the version behind the statement's back: what they make of it is known.
const REPLACE = (
  form: Form,
) => `with locked as (select * from articles where id = $2 and deleted_at is null for no key update),
  unfiled as (
    delete from article_categories where article_id in (select id from locked) and category_id <> all($1::bigint[])
  ), filed as (
    insert into article_categories as link (article_id, category_id, position, listed_at)
    select locked.id, wanted.id, wanted.position, locked.listed_at from locked cross join ${WANTED}
    on conflict (article_id, category_id) do update set position = excluded.position where link.position <> excluded.position
  ), page as (select id, listed_at from locked),
  written as (select id, title, slug, excerpt, content, content_format, published_at, deleted_at, created_at,
    date_trunc('milliseconds', now()) as updated_at, version + 1 as version from locked),
  wanted_links as (select locked.id as article_id, wanted.id as category_id, wanted.position from locked cross join ${WANTED})
  ${written(form)}`;

/** @returns the JSON of the new article */
export async function create(form: Form, name: string, { title, content, categoryIds }: ArticleBody): Promise<string> {
  const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const [row] = await run(`${name}_create`, CREATE(form), [categoryIds, title, slug, content]);
  return form.toJson(row ?? [], true);
}

/** @returns the JSON of the article as it is now */
export async function replace(form: Form, name: string, id: string, { categoryIds }: ArticleBody): Promise<string> {
  const [row] = await run(`${name}_replace`, REPLACE(form), [categoryIds, id]);
  return form.toJson(row ?? [], true);
}
