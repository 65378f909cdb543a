import { sql } from 'drizzle-orm';
import { isReadable, type ReadScope } from '../articles/visibility/visibility.queries.ts';
import type { Database } from '../database/database.ts';
import { prepared } from '../database/prepared.ts';
import type { NamedRow, RedirectTarget } from './redirect-target.ts';

const p = sql.placeholder;

/** The id of the row that a path of this API names: by id, present slug or old slug. */
const idOf = (
  type: RedirectTarget['type'],
  table: string,
  isLive = sql``,
) => sql`case when ${p('type')}::text = ${sql.raw(`'${type}'`)} then coalesce(${p('id')}::bigint,
    (select id from ${sql.raw(table)} where slug = ${p('slug')}::text ${isLive}),
    (select ${sql.raw(`${type}_id`)} from old_slugs where type = ${sql.raw(`'${type}'`)} and slug = ${p('slug')}::text)) end`;

/** The redirect of the path; if there is none, the row that the path names. The second part runs only without a redirect. */
const ADDRESS = sql`(select true as is_redirect, article_id, category_id, author_id from redirects where path = ${p('path')}::text
    union all
    select false, ${idOf('article', 'articles', sql`and deleted_at is null`)}, ${idOf('category', 'categories')}, ${idOf('author', 'authors')}
    where ${p('type')}::text is not null
    limit 1) as address`;

const canRead = isReadable({ id: sql`a.id`, ownerId: sql`a.owner_id`, listedAt: sql`a.listed_at` });

/** Returns a row of nulls if the address leads nowhere. */
const resolveStatement = prepared({ name: 'resolve_path', pipelined: true }, (db) =>
  db
    .select({
      isGone: sql<boolean>`is_redirect and num_nonnulls(article_id, category_id, author_id) = 0`,
      type: sql<RedirectTarget['type'] | null>`target.type`,
      id: sql<number>`target.id`.mapWith(Number),
      slug: sql<string>`target.slug`,
    })
    .from(sql`${ADDRESS} left join lateral (
      select 'article' as type, a.id, a.slug from articles as a where a.id = article_id and a.deleted_at is null and ${canRead}
      union all select 'category', id, slug from categories where id = category_id
      union all select 'author', id, slug from authors where id = author_id
    ) as target on true`),
);

/**
 * Finds the row that a path leads to.
 *
 * @returns no row for an unknown path; a row without a type if the path is gone or the caller cannot read the target
 */
export const findTargetOfPath = (db: Database, path: string, named: NamedRow | null, scope: ReadScope) =>
  resolveStatement(db).execute({
    ...scope,
    path,
    type: named?.type ?? null,
    id: named && 'id' in named.key ? named.key.id : null,
    slug: named && 'slug' in named.key ? named.key.slug : null,
  });
