import { type Principal, scopeOf } from '../access/principal.ts';
import type { AuthorRow } from './authors.queries.ts';

/** Removes the email address unless the caller has the permission to read it. */
export function withVisibleFields(
  principal: Principal,
  author: AuthorRow,
): Omit<AuthorRow, 'email'> & Partial<Pick<AuthorRow, 'email'>> {
  if (scopeOf(principal, 'authors.readEmail')) return author;
  const { email: _, ...publicFields } = author;
  return publicFields;
}
