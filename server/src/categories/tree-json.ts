/** With the other fields of a category, which are written as they are. */
interface TreeCategory {
  id: number;
  name: string;
  slug: string;
  parentId: number | null;
  position: number;
}

interface Level {
  siblings: readonly TreeCategory[];
  next: number;
  /** The ancestors of the siblings, as JSON without brackets. */
  path: string;
}

/**
 * Writes the response with the whole tree, each category with its path and its children, siblings by position, then id. In
 * parts, so that the caller can pause between two. Without recursion: no depth is too deep.
 */
export function* treeJson(categories: readonly TreeCategory[]): Generator<string> {
  const childrenOf = Map.groupBy(categories, ({ parentId }) => parentId);
  const levelBelow = (parentId: number | null, path: string): Level => ({
    siblings: (childrenOf.get(parentId) ?? []).toSorted((a, b) => a.position - b.position || a.id - b.id),
    next: 0,
    path,
  });
  const levels = [levelBelow(null, '')];
  yield '{"data":[';
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const category = level.siblings[level.next];
    if (category === undefined) {
      levels.pop();
      yield ']}';
      continue;
    }
    const { id, name, slug } = category;
    const { path } = level;
    yield `${level.next > 0 ? ',' : ''}${JSON.stringify(category).slice(0, -1)},"path":[${path}],"children":[`;
    level.next += 1;
    levels.push(levelBelow(id, `${path}${path && ','}${JSON.stringify({ id, name, slug })}`));
  }
}
