import { type Article, type Revision, restoreRevisionOfArticle } from '@rubric/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { classNames } from '../../design/class-names.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { formatTime } from '../../design/time.tsx';
import { toast } from '../../design/toast.tsx';
import { texts } from '../../texts/texts.ts';
import { useReadOnly } from '../use-read-only.ts';
import { useWriterState, type Writer } from '../use-writing.ts';
import { revisionsQuery } from '../writing.queries.ts';
import { RevisionDiff } from './revision-diff.tsx';

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
          <ul
            aria-label={texts.writing.revisions}
            className="flex max-h-[60dvh] flex-col overflow-y-auto max-md:max-h-48"
          >
            {revisions.map((each) => (
              <li key={each.number}>
                <button
                  type="button"
                  aria-pressed={each.number === number}
                  onClick={() => setChosen(each.number)}
                  className={classNames(
                    'w-full rounded-md px-2.5 py-1.5 text-left text-sm hover:bg-wash',
                    each.number === number && 'bg-wash',
                  )}
                >
                  <span className="block font-medium">{formatTime(new Date(each.at))}</span>
                  <span className="block text-xs text-soft">{summaryOf(each)}</span>
                </button>
              </li>
            ))}
          </ul>
          {number !== undefined && (
            <div className="min-w-0">
              <RevisionDiff id={article.id} number={number} />
              {mayRestore && number !== revisions[0]?.number && (
                <div className="mt-5 flex flex-wrap items-center justify-end gap-3">
                  {article.status === 'published' && <p className="text-sm text-soft">{texts.writing.whenChange}</p>}
                  <Button
                    look="primary"
                    busy={restore.isPending}
                    onClick={() => restore.mutate({ revision: number, version: article.version })}
                  >
                    {texts.writing.restore}
                  </Button>
                </div>
              )}
            </div>
          )}
        </div>
      )}
    </Dialog>
  );
}

function summaryOf({ kind, by, changed }: Revision): string {
  const name = by === null ? '' : 'command' in by ? by.command : (by.name ?? '');
  const what =
    kind === 'change' && changed.length > 0
      ? changed.map((field) => texts.writing.fields[field]).join(', ')
      : texts.writing.revisionKinds[kind];
  return name ? `${what} · ${name}` : what;
}
