/**
 * The many-to-many relations of an article, by the request field that sets their links: the table at the other end, which
 * also names the field of the response, the joining table and its column, and how a client learns that an id does not
 * exist. The tables themselves are in `database/schema/content.ts`, the relations of Drizzle in `relations.ts` beside it.
 */
export const ARTICLE_RELATIONS = {
  categoryIds: {
    table: 'categories',
    linkTable: 'article_categories',
    linkColumn: 'category_id',
    foreignKey: 'article_categories_category_id_fkey',
    unknownCode: 'unknown_category',
    noun: 'category',
  },
  authorIds: {
    table: 'authors',
    linkTable: 'article_authors',
    linkColumn: 'author_id',
    foreignKey: 'article_authors_author_id_fkey',
    unknownCode: 'unknown_author',
    noun: 'author',
  },
} as const;

type Relations = typeof ARTICLE_RELATIONS;
export type RelationField = keyof Relations;

/**
 * The query parameters that filter a list by a relation, each with the request field of the relation: `author=2,ann` lists
 * articles that are linked to at least one of these authors. Categories have parameters of their own, for any, all and
 * none.
 */
export const RELATION_FILTERS = { author: 'authorIds' } as const satisfies Record<string, RelationField>;

export type RelationFilter = keyof typeof RELATION_FILTERS;
export const RELATION_FILTER_NAMES = Object.keys(RELATION_FILTERS) as RelationFilter[];
export type LinkedTable = Relations[RelationField]['table'];
export const RELATION_FIELDS = Object.keys(ARTICLE_RELATIONS) as RelationField[];
export const LINKED_TABLES = RELATION_FIELDS.map((field) => ARTICLE_RELATIONS[field].table);
/** `categories and authors`, for descriptions. */
export const LINKED_ROWS = new Intl.ListFormat('en-GB').format(LINKED_TABLES);
/** The codes of problems, one for each relation. */
export const UNKNOWN_ID_CODES = RELATION_FIELDS.map((field) => ARTICLE_RELATIONS[field].unknownCode);

/** Returns an object with the keys of a response, `categories` and `authors`. */
export const recordOfLinkedTables = <T>(valueOf: (field: RelationField) => T) =>
  Object.fromEntries(RELATION_FIELDS.map((field) => [ARTICLE_RELATIONS[field].table, valueOf(field)])) as Record<
    LinkedTable,
    T
  >;

/** The ids of a request, in order. A list replaces all links of its relation; absent, they stay. */
export type RequestedIds = { [field in RelationField]?: readonly string[] | undefined };

const isRelationField = (name: string): name is RelationField => Object.hasOwn(ARTICLE_RELATIONS, name);

/** Separates the columns of a request from the ids of its links, without duplicate ids: the first occurrence counts. */
export function splitRequest<Body extends RequestedIds>(body: Body) {
  const columns: Record<string, unknown> = {};
  const links: RequestedIds = {};
  for (const [name, value] of Object.entries(body)) {
    if (!isRelationField(name)) columns[name] = value;
    else if (value !== undefined) links[name] = uniqueIds(value);
  }
  return { columns: columns as Omit<Body, RelationField>, links };
}

/** Removes duplicate ids; the first occurrence counts. */
export const uniqueIds = (ids: readonly string[]): string[] => [...new Set(ids)];
