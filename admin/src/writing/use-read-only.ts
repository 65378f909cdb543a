import type { Article } from '@rubric/client';
import { useScope } from '../api/account.ts';
import { reaches } from '../api/reaches.ts';
import type { Target } from './saving/machine.ts';

/**
 * Whether the API would refuse to save, or to restore a version. Writing in a live article changes its working draft, which is
 * another permission.
 */
export function useReadOnly({ kind }: Target, article: Article | undefined): boolean {
  const scope = useScope(kind === 'draft' ? 'articles.writeWorkingDrafts' : 'articles.write');
  return article ? !reaches(scope, article) : scope === undefined;
}
