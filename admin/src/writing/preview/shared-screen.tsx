import { getPreviewedArticle, isProblem } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { failureText } from '../../api/failure.ts';
import { EmptyState } from '../../design/empty-state.tsx';
import { useTitle } from '../../design/page.tsx';
import { Skeleton } from '../../design/skeleton.tsx';
import { texts } from '../../texts/texts.ts';
import { ReaderFrame } from './reader-frame.tsx';

/**
 * An article as it will be, for people without an account. The secret of the link is in its fragment, and stays there: they
 * may open it again.
 */
export function SharedScreen() {
  const secret = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  const { data, error } = useQuery({
    queryKey: ['shared', secret],
    queryFn: ({ signal }) =>
      getPreviewedArticle({ path: { secret }, query: { fields: ['title', 'excerpt', 'html'] }, signal }),
    throwOnError: false,
  });
  useTitle(data?.title ?? texts.writing.preview);
  return (
    <main className="flex min-h-dvh flex-col bg-paper">
      <p className="border-b border-line px-4 py-2 text-center text-sm text-soft">{texts.writing.sharedNotice}</p>
      {!data && !error && <Skeleton lines={8} className="mx-auto w-full max-w-2xl px-4 pt-12" />}
      {error && (
        <div className="mx-auto max-w-2xl px-4 pt-16">
          <EmptyState title={texts.writing.notOpened}>
            {isProblem(error, 'not_found') ? texts.writing.sharedGone : failureText(error)}
          </EmptyState>
        </div>
      )}
      <ReaderFrame article={data} className="w-full flex-1" />
    </main>
  );
}
