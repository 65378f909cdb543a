import type { Form } from './article.ts';
import { run } from './database.ts';

export interface ArticleBody {
  title: string;
  content: string;
  categoryIds: number[];
}

const WANTED = 'unnest($1::bigint[]) with ordinality as wanted (id, position)';

/** A statement cannot read the rows that it writes, so the categories come from the request. */
const selectWritten = (form: Form) =>
  form
    .select(true)
    .replace('join articles as a on a.id = page.id', 'cross join written as a')
    .replaceAll('article_categories as l', 'wanted_links as l');

const CREATE = (form: Form) => `with written as (
    insert into articles (title, slug, content) values ($2, $3, $4) returning *
  ), inserted_links as (
    insert into article_categories (article_id, category_id, position, published_at)
    select written.id, wanted.id, wanted.position, written.published_at from written cross join ${WANTED}
  ), page as (select id from written),
  wanted_links as (select written.id as article_id, wanted.id as category_id, wanted.position from written cross join ${WANTED})
  ${selectWritten(form)}`;

const REPLACE = (form: Form) => `with written as (
    update articles set version = version + 1, updated_at = date_trunc('milliseconds', now()) where id = $2 returning *
  ), deleted_links as (
    delete from article_categories where article_id in (select id from written) and category_id <> all($1::bigint[])
  ), inserted_links as (
    insert into article_categories as link (article_id, category_id, position, published_at)
    select written.id, wanted.id, wanted.position, written.published_at from written cross join ${WANTED}
    on conflict (article_id, category_id) do update set position = excluded.position where link.position <> excluded.position
  ), page as (select id from written),
  wanted_links as (select written.id as article_id, wanted.id as category_id, wanted.position from written cross join ${WANTED})
  ${selectWritten(form)}`;

/** Creates an article. @returns its JSON */
export async function create(form: Form, name: string, { title, content, categoryIds }: ArticleBody): Promise<string> {
  const slug = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const [row] = await run(`${name}_create`, CREATE(form), [categoryIds, title, slug, content]);
  return form.toJson(row ?? [], true);
}

/** Replaces the categories of an article. @returns its JSON */
export async function replace(form: Form, name: string, id: string, { categoryIds }: ArticleBody): Promise<string> {
  const [row] = await run(`${name}_replace`, REPLACE(form), [categoryIds, id]);
  return form.toJson(row ?? [], true);
}
