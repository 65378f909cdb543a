/** Returns an object with these keys: `recordOf(['title', 'slug'], () => true)` is `{ title: true, slug: true }`. */
export const recordOf = <Name extends string, Value>(names: readonly Name[], valueOf: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
