import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { preferenceOf, preferencesQuery, savePreference } from '../api/preferences.ts';
import { texts } from '../texts/texts.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** What public/theme.js reads before the first paint. */
const STORAGE_KEY = 'rubric.theme';

const isTheme = (value: unknown): value is Theme => THEMES.includes(value as Theme);

/** Shows the site in this theme, and keeps it for the next visit. */
function applyTheme(theme: Theme) {
  if (theme === 'system') {
    delete document.documentElement.dataset['theme'];
    localStorage.removeItem(STORAGE_KEY);
  } else {
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(STORAGE_KEY, theme);
  }
}

/** The theme of the person, on every device: it is one of their preferences. */
export function useTheme() {
  const queryClient = useQueryClient();
  const { data } = useQuery(preferencesQuery);
  const stored = data && preferenceOf(data, 'theme', isTheme);
  useEffect(() => {
    if (stored !== undefined) applyTheme(stored);
  }, [stored]);
  const { mutate } = useMutation({
    mutationFn: (theme: Theme) => savePreference(queryClient, 'theme', theme),
    onMutate: applyTheme,
    meta: { failure: texts.shell.couldNotSaveTheme },
  });
  return { theme: stored ?? localTheme(), setTheme: mutate };
}

function localTheme(): Theme {
  const stored = localStorage.getItem(STORAGE_KEY);
  return isTheme(stored) ? stored : 'system';
}
