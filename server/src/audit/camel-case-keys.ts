/** The values of a row under the names that the rest of the API calls them by: `published_at` is `publishedAt`. */
export function camelCaseKeys(row: Record<string, unknown> | null): Record<string, unknown> | null {
  if (row === null) return null;
  const camel = (key: string) => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [camel(key), value]));
}
