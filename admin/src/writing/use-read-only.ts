import { useScope } from '../api/account.ts';
import type { Target } from './saving/machine.ts';

/** Whether the API would refuse to save, or to restore a version: writing in a live article changes its working draft, which is another permission. */
export function useReadOnly(target: Target): boolean {
  const articles = useScope('articles.write');
  const workingDrafts = useScope('articles.writeWorkingDrafts');
  if (target.kind === 'draft') return workingDrafts === undefined;
  const isScheduled = target.kind === 'article' && target.due !== null;
  return articles === undefined || (articles === 'own drafts' && isScheduled);
}
