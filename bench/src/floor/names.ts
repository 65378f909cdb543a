import { run } from './database.ts';

interface Category {
  /** `{"id":3,"name":"Sourdough","slug":"sourdough"}` */
  json: string;
  parentId: number | null;
}

const NAMES = (table: string, parentId: string) => `select id, name, slug, ${parentId} from ${table} order by id`;

/** The names of categories and authors by their ids, read at the start: the floor has no renames. */
export const categories = await load('categories', 'parent_id');
export const authors = await load('authors', 'null');

async function load(table: string, parentId: string): Promise<Map<string, Category>> {
  const rows = await run(`${table}_names`, NAMES(table, parentId), []);
  return new Map(
    rows.map(([id, name, slug, parent]) => [
      String(id),
      { json: JSON.stringify({ id, name, slug }), parentId: parent as number | null },
    ]),
  );
}

/** @param ids as PostgreSQL writes an array of them */
export function namesOf(named: typeof categories, ids: string): string {
  if (ids === '{}') return '[]';
  return `[${ids
    .slice(1, -1)
    .split(',')
    .map((id) => named.get(id)?.json)
    .join()}]`;
}

/** Returns the ids of a category and all its descendants. */
export function subtreeOf(root: string): string[] {
  const ids = new Set([root]);
  // Parents have smaller ids than their children.
  for (const [id, { parentId }] of categories) if (ids.has(String(parentId))) ids.add(id);
  return [...ids];
}
