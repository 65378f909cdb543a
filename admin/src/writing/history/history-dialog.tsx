import { type Article, restoreRevisionOfArticle } from '@rubric/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { toast } from '../../design/toast.tsx';
import { texts } from '../../texts/texts.ts';
import { useReadOnly } from '../use-read-only.ts';
import { useWriterState, type Writer } from '../use-writing.ts';
import { revisionsQuery } from '../writing.queries.ts';
import { RevisionDiff } from './revision-diff.tsx';
import { RevisionList } from './revision-list.tsx';

interface HistoryDialogProps {
  writer: Writer;
  article: Article;
  onClose: () => void;
}

/** Every saved state of the article, what each changed, and the way back to it. */
export default function HistoryDialog({ writer, article, onClose }: HistoryDialogProps) {
  const { data: revisions } = useQuery(revisionsQuery(article.id, article.version));
  const [chosen, setChosen] = useState<number | null>(null);
  const mayRestore = !useReadOnly(
    useWriterState(writer, (state) => state.stored.target),
    article,
  );
  const number = chosen ?? revisions?.[0]?.number;
  const restore = useMutation({
    mutationFn: async ({ revision, version: seen }: { revision: number; version: number }) => {
      if (!(await writer.autosave.flush())) return null;
      const { target } = writer.autosave.getState().stored;
      // A working draft has a version of its own; the restore is one of the article.
      const version = target.kind === 'article' ? target.version : seen;
      const headers = { 'If-Match': `"${version}"` };
      const restored = await restoreRevisionOfArticle({ path: { id: article.id, number: revision }, headers });
      await writer.autosave.reload();
      return { restored, before: version };
    },
    meta: { failure: texts.writing.notRestored },
    onSuccess: (done) => {
      onClose();
      if (!done) return toast.failed({ title: texts.writing.notRestored, detail: texts.writing.notSavedBefore });
      const { restored, before } = done;
      const names = restored.dropped.map(({ name }) => name ?? '');
      toast.done({
        title: texts.writing.done.restored,
        ...(names.length > 0 && { detail: texts.writing.dropped(names) }),
        undo: () => restore.mutate({ revision: before, version: restored.version }),
      });
    },
  });
  return (
    <Dialog open width="lg" title={texts.writing.history} onClose={onClose}>
      {!revisions && <Skeleton lines={6} />}
      {revisions && (
        <div className="grid gap-6 md:grid-cols-[15rem_1fr]">
          <RevisionList revisions={revisions} chosen={number} onChoose={setChosen} />
          {number !== undefined && (
            <div className="min-w-0">
              {number === revisions[0]?.number ? (
                <p className="pb-4 text-sm text-soft">{texts.writing.newestRevision}</p>
              ) : (
                mayRestore && (
                  // Before what may be a long text, and in sight while that is scrolled.
                  <div className="sticky -top-4 z-10 -mt-4 flex flex-wrap items-center gap-3 bg-sheet py-4">
                    <Button
                      look="primary"
                      busy={restore.isPending}
                      onClick={() => restore.mutate({ revision: number, version: article.version })}
                    >
                      {texts.writing.restore}
                    </Button>
                    {article.status === 'published' && <p className="text-sm text-soft">{texts.writing.whenChange}</p>}
                  </div>
                )
              )}
              <RevisionDiff id={article.id} number={number} />
            </div>
          )}
        </div>
      )}
    </Dialog>
  );
}
