import type { Article } from '@rubric/client';
import type { Scope } from './permissions.ts';

/**
 * Whether a permission of this scope reaches an article. Responses do not name the owner. But whether a live article has a
 * working draft is told only to those whom it belongs to, and what is not live is not shown to others at all.
 */
export function reaches(
  scope: Scope | undefined,
  { status, publishedAt, hasDraft }: Pick<Article, 'status' | 'publishedAt' | 'hasDraft'>,
): boolean {
  if (scope === 'own') return status !== 'published' || hasDraft !== undefined;
  if (scope === 'own drafts') return publishedAt === null;
  return scope === 'all';
}
