import { useNavigate } from '@tanstack/react-router';
import { useTrash } from '../../api/trash.ts';
import { toast } from '../../design/toast.tsx';
import { texts } from '../../texts/texts.ts';
import type { Writer } from '../use-writing.ts';

/** Puts the article into the trash with its last words, and goes back to the list, where it can be undone. */
export function useTrashArticle({ autosave, opened }: Writer): () => Promise<void> {
  const { trash } = useTrash();
  const navigate = useNavigate();
  return async () => {
    if (!opened) return;
    if (!(await autosave.flush())) {
      toast.failed({ title: texts.articles.trashFailed, detail: texts.writing.notSavedBefore });
      return;
    }
    const { stored, mine } = autosave.getState();
    const { id, version: seen } = opened.article;
    // A working draft has a version of its own.
    const version = stored.target.kind === 'article' ? stored.target.version : seen;
    trash({ id, version, title: mine.title }, { onSuccess: () => void navigate({ to: '/articles' }) });
  };
}
