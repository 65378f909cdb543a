import { getArticle, getWorkingDraft } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { failureText } from '../../api/failure.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { texts } from '../../texts/texts.ts';
import type { Writer } from '../use-writing.ts';
import { ReaderFrame } from './reader-frame.tsx';

/** The article as a reader will see it. */
export default function PreviewDialog({ writer, id, onClose }: { writer: Writer; id: number; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['articles', id, 'preview'],
    queryFn: async ({ signal }) => {
      await writer.autosave.flush();
      const { target } = writer.autosave.getState().stored;
      const fields: ('id' | 'title' | 'excerpt' | 'html')[] = ['id', 'title', 'excerpt', 'html'];
      const isDraft = target.kind === 'draft' && target.exists;
      return isDraft
        ? getWorkingDraft({ path: { id }, query: { fields }, signal })
        : getArticle({ path: { idOrSlug: String(id) }, query: { fields }, signal });
    },
    gcTime: 0,
    throwOnError: false,
  });
  return (
    <Dialog open width="lg" title={texts.writing.preview} onClose={onClose}>
      {error && <Notice tone="danger">{failureText(error)}</Notice>}
      {!data && !error && <Skeleton lines={8} />}
      <ReaderFrame article={data} className="h-[70dvh] w-full rounded-md border border-line" />
    </Dialog>
  );
}
