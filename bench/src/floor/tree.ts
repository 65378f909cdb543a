import { run } from './database.ts';

const TREE = `select id, name, slug, description, parent_id, position, ordering, version, created_at, updated_at,
    article_count, article_count_deep from categories order by position, id`;

/** Returns the JSON of the tree with its counts. Each category is serialized once, and the parts are joined as text. */
export async function treeResponse(): Promise<string> {
  const childrenOf = Map.groupBy(await run('tree', TREE, []), (row) => row[4]);
  const grow = (parent: unknown, path: string): string =>
    (childrenOf.get(parent) ?? [])
      .map((row) => {
        const [
          id,
          name,
          slug,
          description,
          parentId,
          position,
          ordering,
          version,
          createdAt,
          updatedAt,
          articleCount,
          articleCountDeep,
        ] = row;
        const own = JSON.stringify({
          id,
          name,
          slug,
          description,
          parentId,
          position,
          ordering,
          version,
          createdAt,
          updatedAt,
          articleCount,
          articleCountDeep,
        });
        const below =
          path === '' ? JSON.stringify({ id, name, slug }) : `${path},${JSON.stringify({ id, name, slug })}`;
        return `${own.slice(0, -1)},"path":[${path}],"children":[${grow(id, below)}]}`;
      })
      .join(',');
  return `{"data":[${grow(null, '')}]}`;
}
