import { getYourPreferences, isProblem, type Preferences, replaceYourPreferences } from '@rubric/client';
import { type QueryClient, queryOptions } from '@tanstack/react-query';

/** What the person chose: themes, columns, filters by name. */
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => getYourPreferences(),
  staleTime: 60_000,
});

/** One of the preferences, if it is what the site once wrote: it can be of another version of the site. */
export function preferenceOf<Value>(
  { values }: Preferences,
  key: string,
  isValue: (value: unknown) => value is Value,
): Value | undefined {
  const value: unknown = values[key];
  return isValue(value) ? value : undefined;
}

/** Writes one preference. Another tab may write another one at the same time: this one is then written again, on top. */
export async function savePreference(queryClient: QueryClient, key: string, value: unknown) {
  for (;;) {
    const { values, version } = await queryClient.fetchQuery(preferencesQuery);
    const next = { ...values, [key]: value };
    queryClient.setQueryData(preferencesQuery.queryKey, (before) => before && { ...before, values: next });
    try {
      const saved = await replaceYourPreferences({ body: { values: next }, headers: { 'If-Match': `"${version}"` } });
      queryClient.setQueryData(preferencesQuery.queryKey, saved);
      return;
    } catch (error) {
      await queryClient.invalidateQueries(preferencesQuery);
      if (!isProblem(error, 'version_mismatch')) throw error;
    }
  }
}
