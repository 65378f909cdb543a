import { isProblem } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { useAccount } from '../api/account.ts';
import { failureText } from '../api/failure.ts';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { useTitle } from '../design/page.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { texts } from '../texts/texts.ts';
import { type Left, leftBehind } from './saving/kept.ts';
import type { Opened } from './saving/server.ts';
import { openedQuery } from './writing.queries.ts';
import { Writing } from './writing.tsx';

const route = getRouteApi('/signed-in/articles/$articleId');

/** Where an article is written. */
export function WritingScreen() {
  const { articleId } = route.useParams();
  const navigate = useNavigate();
  const [created, setCreated] = useState<string | null>(null);
  const [session, setSession] = useState({ opened: articleId, shown: articleId });
  if (articleId !== session.shown) {
    // An article that was created a moment ago stays in its editor.
    const isSame = created === articleId;
    setSession({ opened: isSame ? session.opened : articleId, shown: articleId });
  }
  const onCreated = useCallback(
    (id: number) => {
      setCreated(String(id));
      void navigate({ to: '/articles/$articleId', params: { articleId: String(id) }, replace: true });
    },
    [navigate],
  );
  return session.opened === 'new' ? (
    <WithLeft key="new" article="new" opened={null} onCreated={onCreated} />
  ) : (
    <Existing key={session.opened} id={Number(session.opened)} onCreated={onCreated} />
  );
}

function Existing({ id, onCreated }: { id: number; onCreated: (id: number) => void }) {
  const { data, error, refetch } = useQuery({ ...openedQuery(id), throwOnError: false });
  useTitle(data?.article.title ?? texts.writing.article);
  if (data) return <WithLeft article={id} opened={data} onCreated={onCreated} />;
  if (!error) return <Skeleton lines={8} className="mx-auto max-w-2xl px-4 pt-24" />;
  return (
    <div className="mx-auto max-w-2xl px-4 pt-16">
      <EmptyState
        title={isProblem(error, 'not_found') ? texts.writing.notFound : texts.writing.notOpened}
        action={<Button onClick={() => void refetch()}>{texts.writing.again}</Button>}
      >
        {failureText(error)}
      </EmptyState>
    </div>
  );
}

interface WithLeftProps {
  article: number | 'new';
  opened: Opened | null;
  onCreated: (id: number) => void;
}

/** Opens what a closed tab has left, if it has. */
function WithLeft({ article, opened, onCreated }: WithLeftProps) {
  const { id } = useAccount();
  const [left, setLeft] = useState<Left | 'nothing' | null>(null);
  useEffect(() => {
    let isOpen = true;
    void leftBehind(id, article).then(async (found) => {
      // Rarely more than one tab has left something; the join of texts is loaded for it.
      const joined = found.length > 1 && (await import('./saving/join-left.ts')).joinLeft(found);
      if (isOpen) setLeft(joined || (found[0] ?? 'nothing'));
    });
    return () => {
      isOpen = false;
    };
  }, [id, article]);
  if (!left) return null;
  return <Writing opened={opened} left={left === 'nothing' ? undefined : left} onCreated={onCreated} />;
}
