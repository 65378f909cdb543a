import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useScope } from '../api/account.ts';
import { reaches } from '../api/reaches.ts';
import { useTrash } from '../api/trash.ts';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { formatTime } from '../design/time.tsx';
import { texts } from '../texts/texts.ts';
import { wordsOf } from './saving/deciding.ts';
import { EMPTY } from './saving/fields.ts';
import type { Left } from './saving/kept.ts';
import { useLeft } from './use-left.ts';
import { trashedQuery } from './writing.queries.ts';
import { Writing } from './writing.tsx';

interface MissingArticleProps {
  id: number;
  onCreated: (id: number) => void;
  onAgain: () => Promise<unknown>;
}

/** An article that is not there: in the trash, or nowhere. Words of it may be in the browser, and they are not lost with it. */
export function MissingArticle({ id, onCreated, onAgain }: MissingArticleProps) {
  const found = useLeft(id);
  const left = found === 'nothing' ? null : found;
  const [begun, setBegun] = useState<Left | null>(null);
  const { data: trashed, isLoading } = useQuery(trashedQuery(id));
  const scope = useScope('articles.write');
  const { restore } = useTrash();
  if (begun) return <Writing opened={null} left={begun} onCreated={onCreated} />;
  if (isLoading) return null;
  const why = trashed ? texts.writing.trashedWhy : texts.writing.notFoundWhy;
  return (
    <div className="mx-auto max-w-2xl px-4 pt-16">
      <EmptyState
        title={trashed ? texts.articles.trashed(trashed.title) : texts.writing.notFound}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {!trashed && <Button onClick={() => void onAgain()}>{texts.design.tryAgain}</Button>}
            {left && (
              <Button look={trashed ? 'plain' : 'primary'} onClick={() => setBegun(asNew(left))}>
                {texts.writing.asNew}
              </Button>
            )}
            {trashed && reaches(scope, trashed) && (
              <Button look="primary" onClick={() => restore(trashed, { onSuccess: () => void onAgain() })}>
                {texts.articles.restore}
              </Button>
            )}
          </div>
        }
      >
        {left ? `${why} ${texts.writing.leftOfMissing(formatTime(new Date(left.kept.at)))}` : why}
      </EmptyState>
    </div>
  );
}

/** Its address stays with the article: that may come back from the trash. */
const asNew = ({ keys, kept }: Left): Left => ({
  keys,
  kept: {
    stored: { target: { kind: 'new' }, fields: EMPTY, at: '' },
    mine: { ...wordsOf(kept), slug: '' },
    at: kept.at,
  },
});
