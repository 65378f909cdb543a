import { isProblem } from '@rubric/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { failureText } from '../api/failure.ts';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { useTitle } from '../design/page.tsx';
import { Skeleton } from '../design/skeleton.tsx';
import { texts } from '../texts/texts.ts';
import { MissingArticle } from './missing-article.tsx';
import type { Opened } from './saving/server.ts';
import { useLeft } from './use-left.ts';
import { openedQuery } from './writing.queries.ts';
import { Writing } from './writing.tsx';

const route = getRouteApi('/signed-in/articles/$articleId');

/** One editor, for as long as it stays the same. */
interface Session {
  number: number;
  opened: string;
  /** The present address. */
  shown: string;
  /** The id that a new article got in this editor: it stays in it when its address follows. */
  created?: string;
}

/** Where an article is written. */
export function WritingScreen() {
  const { articleId } = route.useParams();
  const navigate = useNavigate();
  const [session, setSession] = useState<Session>({ number: 0, opened: articleId, shown: articleId });
  if (articleId !== session.shown) {
    setSession(
      articleId === session.created
        ? { ...session, shown: articleId }
        : { number: session.number + 1, opened: articleId, shown: articleId },
    );
  }
  const onCreated = useCallback(
    (id: number) => {
      setSession((present) => ({ ...present, created: String(id) }));
      void navigate({ to: '/articles/$articleId', params: { articleId: String(id) }, replace: true });
    },
    [navigate],
  );
  return session.opened === 'new' ? (
    <WithLeft key={session.number} article="new" opened={null} onCreated={onCreated} />
  ) : (
    <Existing key={session.number} id={Number(session.opened)} onCreated={onCreated} />
  );
}

function Existing({ id, onCreated }: { id: number; onCreated: (id: number) => void }) {
  const { data, error, refetch } = useQuery({ ...openedQuery(id), throwOnError: false });
  useTitle(data?.article.title ?? texts.writing.article);
  if (data) return <WithLeft article={id} opened={data} onCreated={onCreated} />;
  if (!error) return <Skeleton lines={8} className="mx-auto max-w-2xl px-4 pt-24" />;
  if (isProblem(error, 'not_found')) return <MissingArticle id={id} onCreated={onCreated} onAgain={refetch} />;
  return (
    <div className="mx-auto max-w-2xl px-4 pt-16">
      <EmptyState
        title={texts.writing.notOpened}
        action={<Button onClick={() => void refetch()}>{texts.design.tryAgain}</Button>}
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
  const left = useLeft(article);
  if (!left) return null;
  return <Writing opened={opened} left={left === 'nothing' ? undefined : left} onCreated={onCreated} />;
}
