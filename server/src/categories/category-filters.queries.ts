import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** The categories of a list, as SQL fragments. */

/** A filter of categories; without any condition it matches all. */
export interface CategoryFilter {
  /** Text to find in names. Categories below a match are found too, and come last. */
  q?: string | undefined;
  /** Null for the top of the tree. */
  parentId?: string | null | undefined;
  /** How many levels, from the children of `parentId` on. */
  depth?: number | undefined;
  ids?: readonly string[] | undefined;
}

/** The text to find, folded, without spaces around it. A subselect, so that PostgreSQL folds it once. */
const soughtText = (q: string) => sql`(select trim(fold_name(${q})))`;

/** The beginning of a word with the text, as a regular expression. */
const wordStart = (q: string) =>
  sql`(select '\\m' || regexp_replace(trim(fold_name(${q})), '([^[:alnum:][:space:]])', '\\\\\\1', 'g'))`;

const rank = (foldedName: SQL, q: string) => sql`match_rank(${foldedName}, ${soughtText(q)}, ${wordStart(q)})`;

/** How well a name matches, the best first; 5 when only the path contains the text. */
export const matchRank = (name: SQLWrapper, q: string) => rank(sql`fold_name(${name})`, q);

/** The rank of the matches: `matching left join named`, which has their folded names. */
export const rankOfNamed = (q: string) => sql`coalesce(${rank(sql`named.name`, q)}, 5)`;

/** The condition for the first level of a filter. */
const hasParent = (parentId: SQLWrapper, id: string | null | undefined) =>
  id == null ? sql`${parentId} is null` : sql`${parentId} = ${id}::bigint`;

/** The levels of a filter; null for all. */
export const levelsOf = ({ parentId, depth }: CategoryFilter): number | null =>
  depth ?? (parentId === undefined ? null : 1);

/** The categories on the levels of a filter, as `levels`. */
const levelsCte = (filter: CategoryFilter, levels: number) => sql`levels as (
    select id, 1 as level from categories where ${hasParent(sql`parent_id`, filter.parentId)}
    union all
    select child.id, levels.level + 1 from categories as child join levels on child.parent_id = levels.id
    where levels.level < ${levels}::int
  )`;

/**
 * The categories whose name contains the text, and all below them, because their paths contain it. Folding 20,000 names
 * takes as long as a page of the flat tree; a table of folded names would be faster, but would have to be kept up to date.
 */
const foundCtes = (q: string) => [
  sql`named as materialized (
    select id, name from (select id, fold_name(name) as name from categories offset 0) as folded
    where ${soughtText(q)} <> '' and strpos(name, ${soughtText(q)}) > 0
  )`,
  sql`found as (
    select id from named
    union
    select child.id from categories as child join found on child.parent_id = found.id
  )`,
];

/**
 * The sort key of a category in the flat tree, as text: an array of position and id for each ancestor, from the root, and
 * for the category itself. Arrays compare element by element, so parents sort before their children.
 */
export const treeSortKey = (t: Record<'id' | 'parentId' | 'position', SQLWrapper>) => sql<string>`(
  with recursive ancestors as (
    select ${t.parentId} as parent_id, array[${t.position}::bigint, ${t.id}] as sort_key
    union all
    select parent.parent_id, array[parent.position::bigint, parent.id] || ancestors.sort_key
    from categories as parent join ancestors on parent.id = ancestors.parent_id
  )
  select sort_key::text from ancestors where parent_id is null)`;

const columnsOf = (alias: 'top' | 'categories') => ({
  id: sql.raw(`${alias}.id`),
  parentId: sql.raw(`${alias}.parent_id`),
  position: sql.raw(`${alias}.position`),
});

/** Returns common table expressions, to follow `with recursive`; the last is `matching`, with the ids of the matches. */
export function matchingCtes(filter: CategoryFilter): SQL[] {
  const levels = levelsOf(filter);
  const conditions = [sql`true`];
  if (filter.ids) conditions.push(sql`id = any(${sql.param(filter.ids)}::bigint[])`);
  if (levels === 1) conditions.push(hasParent(sql`parent_id`, filter.parentId));
  else if (levels !== null) conditions.push(sql`id in (select id from levels)`);
  if (filter.q !== undefined) conditions.push(sql`id in (select id from found)`);
  return [
    ...(levels !== null && levels > 1 ? [levelsCte(filter, levels)] : []),
    ...(filter.q === undefined ? [] : foundCtes(filter.q)),
    sql`matching as (select id from categories where ${sql.join(conditions, sql` and `)})`,
  ];
}

/** The matches with their sort keys, as `tree`, to follow `matchingCtes`: for a few of many categories. */
export const sortedMatchesCte = sql`tree as (
    select id, ${treeSortKey(columnsOf('categories'))}::bigint[] as sort_key from matching join categories using (id)
  )`;

/**
 * The categories of a filter by parent and depth in the order of the tree, as `tree`: each with its sort key, which is
 * that of its parent and its own position and id.
 */
export function treeCte(filter: CategoryFilter): SQL {
  const levels = levelsOf(filter);
  const parentKey =
    filter.parentId == null
      ? sql`'{}'::bigint[]`
      : sql`(select ${treeSortKey(columnsOf('top'))}::bigint[] from categories as top where top.id = ${filter.parentId}::bigint)`;
  return sql`tree as (
    select id, 1 as level, ${parentKey} || array[position::bigint, id] as sort_key
    from categories where ${hasParent(sql`parent_id`, filter.parentId)}
    union all
    select child.id, tree.level + 1, tree.sort_key || array[child.position::bigint, child.id]
    from categories as child join tree on child.parent_id = tree.id ${levels === null ? sql`` : sql`where tree.level < ${levels}::int`}
  )`;
}
