/** Renames the keys of a row from column names to the names of the API: `published_at` to `publishedAt`. */
export function camelCaseKeys(row: Record<string, unknown> | null): Record<string, unknown> | null {
  if (row === null) return null;
  const camel = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [camel(key), value]));
}
