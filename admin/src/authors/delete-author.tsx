import { type Author, deleteAuthor, ifUnchanged } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { linkedTotalQuery, totalText } from '../api/article-total.ts';
import { ConfirmMutation } from '../forms/confirm-mutation.tsx';
import { texts } from '../texts/texts.ts';

/** Says how many articles lose the byline, then deletes it. */
export function DeleteAuthor({ author, onClose }: { author: Author; onClose: () => void }) {
  const articles = useQuery(linkedTotalQuery({ author: [String(author.id)] }));
  return (
    <ConfirmMutation
      danger
      title={texts.authors.deleteTitle(author.name)}
      action={texts.authors.delete}
      isWaiting={articles.isPending}
      run={() => deleteAuthor(ifUnchanged(author))}
      invalidates={['authors', 'articles']}
      done={texts.authors.deleted(author.name)}
      failure={texts.authors.couldNotDelete}
      onClose={onClose}
    >
      {totalText(articles, texts.authors.counting, texts.authors.bylinesGo)}
    </ConfirmMutation>
  );
}
