import { createPreview, listPreviewsOfArticle, revokePreview } from '@rubric/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Secret } from '../../design/secret.tsx';
import { formatTime } from '../../design/time.tsx';
import { texts } from '../../texts/texts.ts';

/** The API's own address of the preview answers programs; people get a page. */
const linkOf = ({ url, secret }: { url: string; secret: string }) =>
  new URL(`/admin/preview#token=${secret}`, url).href;

/** Links with which people without an account read the article as it will be. */
export default function ShareDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const queries = useQueryClient();
  const key = ['articles', id, 'previews'];
  const { data: previews = [] } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await listPreviewsOfArticle({ path: { id }, signal })).data,
  });
  const changed = () => queries.invalidateQueries({ queryKey: key });
  const create = useMutation({
    mutationFn: () => createPreview({ path: { id }, body: {} }),
    meta: { failure: texts.writing.notShared },
    onSuccess: changed,
  });
  const revoke = useMutation({
    mutationFn: (previewId: number) => revokePreview({ path: { id, previewId } }),
    meta: { failure: texts.writing.notRevoked },
    onSuccess: changed,
  });
  return (
    <Dialog open title={texts.writing.share} description={texts.writing.shareWhat} onClose={onClose}>
      {create.data ? (
        <Secret label={texts.writing.sharedUrl} value={linkOf(create.data)} />
      ) : (
        <Button look="primary" busy={create.isPending} onClick={() => create.mutate()}>
          {texts.writing.newLink}
        </Button>
      )}
      {previews.length > 0 && (
        <ul className="mt-5 flex flex-col gap-1 text-sm">
          {previews.map((preview) => (
            <li key={preview.id} className="flex items-center justify-between gap-2">
              {texts.writing.sharedUntil(formatTime(new Date(preview.expiresAt)))}
              <Button look="quiet" size="sm" onClick={() => revoke.mutate(preview.id)}>
                {texts.writing.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
