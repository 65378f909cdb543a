import { type SQL, sql } from 'drizzle-orm';
import type { FilterShape } from './filters.ts';

/** The categories and authors that a filter names, as common table expressions that its conditions refer to. */

const p = sql.placeholder;

/** The ids of the rows named by id or slug; those that do not exist are not among them. */
const resolved = (table: 'categories' | 'authors', names: string) => sql`
  select id from ${sql.identifier(table)} where id = any(${p(`${names}Ids`)}::bigint[])
  union select id from ${sql.identifier(table)} where slug = any(${p(`${names}Slugs`)}::text[])`;

type Names = 'all' | 'any' | 'none';

/** The ids of the categories named. An id that does not exist has no links, so ids need not be looked up. */
const namedIds = (names: Names, { slugs }: FilterShape) =>
  slugs ? resolved('categories', names) : sql`select id from unnest(${p(`${names}Ids`)}::bigint[]) as id`;

/** Each category named, as `root`, with itself and each category of its subtree, as `id`. */
const members = (names: Names, shape: FilterShape) => sql`with recursive member as (
    select id as root, id from (${namedIds(names, shape)}) as named
    union select member.root, c.id from member join categories as c on c.parent_id = member.id
  ) select root, id from member`;

const widened = (names: Names, shape: FilterShape) =>
  shape.descendants ? sql`select distinct id from (${members(names, shape)}) as member` : namedIds(names, shape);

/** How many articles a category holds, roughly: it only decides where to begin. */
export const size = (id: SQL) => sql`(select coalesce(max(direct), 0) from category_counts where category_id = ${id})`;

/** Is every name of `all` that of a category? Else nothing matches. */
const allKnown = sql`(select count(*) from categories where id = any(${p('allIds')}::bigint[]))
  + (select count(*) from categories where slug = any(${p('allSlugs')}::text[])) = ${p('allNames')}::int`;

/**
 * The common table expressions that the conditions refer to. `required` is the categories that an article must be under,
 * the smallest first: an array, or where the filter widens the subtree of one, or that of each, of which `needed` is the
 * roots.
 */
export function named(shape: FilterShape): SQL[] {
  const { any, none, authors } = shape;
  return [
    ...requiredOf(shape),
    ...(any ? [sql`wanted as materialized (${widened('any', shape)})`] : []),
    ...(none ? [sql`refused as materialized (${widened('none', shape)})`] : []),
    ...(authors ? [sql`signing as materialized (${resolved('authors', 'authors')})`] : []),
  ];
}

function requiredOf(shape: FilterShape): SQL[] {
  if (!shape.all || isOne(shape)) return [];
  if (shape.descendants && shape.all === 1) return [sql`required as materialized (${widened('all', shape)})`];
  if (shape.descendants)
    return [
      sql`required as materialized (${members('all', shape)})`,
      sql`needed as materialized (select distinct root from required where ${allKnown})`,
    ];
  const known = shape.slugs ? sql`where ${allKnown}` : sql``;
  return [
    sql`required as materialized (select array_agg(id order by size, id) as ids
      from (select id, ${size(sql`id`)} as size from (${namedIds('all', shape)}) as named) as sized ${known})`,
  ];
}

/** `with …`, or nothing. */
export const withNamed = (expressions: SQL[]) =>
  expressions.length === 0 ? sql`` : sql`with ${sql.join(expressions, sql`, `)} `;

/** The id of the one category that is required, known without looking. */
export const theOne = sql`(${p('allIds')}::bigint[])[1]`;
export const isOne = ({ all, slugs, descendants }: FilterShape) => all === 1 && !slugs && !descendants;

/** Of the categories required, from the smallest on, the one (or those) at a place. */
export const requiredIds = (part: string) => sql`(select ids${sql.raw(part)} from required)`;
