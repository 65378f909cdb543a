import type { UseQueryResult } from '@tanstack/react-query';
import { failureText } from '../api/failure.ts';

type Found = Pick<UseQueryResult, 'error' | 'isSuccess' | 'isPlaceholderData'>;

/** What a picker says in place of rows: that there are none, or why that is not known. Nothing while it is looked up. */
export function nothingText({ error, isSuccess, isPlaceholderData }: Found, none: string): string | undefined {
  if (error) return failureText(error);
  return isSuccess && !isPlaceholderData ? none : undefined;
}
