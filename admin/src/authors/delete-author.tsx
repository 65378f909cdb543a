import { type Author, deleteAuthor, ifUnchanged } from '@rubric/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { linkedTotalQuery } from '../api/article-total.ts';
import { Confirm } from '../design/dialog.tsx';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';

/** Says how many articles lose the byline, then deletes it. */
export function DeleteAuthor({ author, onClose }: { author: Author; onClose: () => void }) {
  const queryClient = useQueryClient();
  const articles = useQuery(linkedTotalQuery({ author: [String(author.id)] }));
  const remove = useMutation({
    mutationFn: () => deleteAuthor(ifUnchanged(author)),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['authors'] });
      void queryClient.invalidateQueries({ queryKey: ['articles'] });
      toast.done({ title: texts.authors.deleted(author.name) });
    },
    onSettled: onClose,
    meta: { failure: texts.authors.couldNotDelete },
  });
  return (
    <Confirm
      open
      danger
      title={texts.authors.deleteTitle(author.name)}
      action={texts.authors.delete}
      busy={remove.isPending || articles.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {articles.data === undefined ? texts.authors.counting : texts.authors.bylinesGo(articles.data)}
    </Confirm>
  );
}
