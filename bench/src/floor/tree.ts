import { run } from './database.ts';

const TREE = `select c.id, c.name, c.slug, c.description, c.parent_id, c.position, c.version, c.created_at, c.updated_at,
    (coalesce(s.direct, 0) + coalesce(due.direct, 0))::int, (coalesce(s.deep, 0) + coalesce(due.deep, 0))::int
  from categories as c left join category_counts as s on s.category_id = c.id left join (
    select category_id, sum(direct) as direct, sum(deep) as deep from category_count_deltas
    where effective_at <= now() group by category_id
  ) as due on due.category_id = c.id
  order by c.position, c.id`;

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
