import { getArticle, getWorkingDraft } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { failureText } from '../../api/failure.ts';
import { Dialog } from '../../design/dialog.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { texts } from '../../texts/texts.ts';
import type { Writer } from '../use-writing.ts';
import { readerPage } from './reader-page.ts';
import { trustedHtml } from './trusted-html.ts';

/** The article as a reader will see it: the server's HTML, in a frame in which no script runs. */
export default function PreviewDialog({ writer, id, onClose }: { writer: Writer; id: number; onClose: () => void }) {
  const frame = useRef<HTMLIFrameElement>(null);
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
  useEffect(() => {
    if (!data || !frame.current) return;
    const { theme } = document.documentElement.dataset;
    const { title, excerpt, html = '' } = data;
    frame.current.srcdoc = trustedHtml(readerPage({ title, excerpt, html, theme }));
  }, [data]);
  return (
    <Dialog open width="lg" title={texts.writing.preview} onClose={onClose}>
      {error && <Notice tone="danger">{failureText(error)}</Notice>}
      {!data && !error && <Skeleton lines={8} />}
      {/* `allow-same-origin` lets it load its style sheet; without `allow-scripts` nothing in it can use that. */}
      <iframe
        ref={frame}
        hidden={!data}
        title={texts.writing.previewFrame}
        sandbox="allow-same-origin"
        className="h-[70dvh] w-full rounded-md border border-line"
      />
    </Dialog>
  );
}
