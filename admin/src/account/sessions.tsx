import { endAllOtherSessions, endSession } from '@rubric/client';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Badge } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Time } from '../design/time.tsx';
import { toast } from '../design/toast.tsx';
import { texts } from '../texts/texts.ts';
import { deviceOf } from './device-of.ts';
import { sessionsQuery } from './sessions.queries.ts';

/** Where the person is signed in. The focus stays in the list when the button that had it is gone. */
export function Sessions() {
  const { data: sessions } = useSuspenseQuery(sessionsQuery).data;
  const queryClient = useQueryClient();
  const list = useRef<HTMLUListElement>(null);
  const end = useMutation({
    mutationFn: (id: number | 'others') => (id === 'others' ? endAllOtherSessions() : endSession({ path: { id } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries(sessionsQuery);
      list.current?.focus();
      toast.done({ title: texts.account.sessionEnded });
    },
    meta: { failure: texts.account.couldNotEnd },
  });
  return (
    <>
      <ul
        ref={list}
        tabIndex={-1}
        aria-label={texts.account.sessions}
        className="divide-y divide-line rounded-lg bg-paper inset-ring inset-ring-line"
      >
        {sessions.map(({ id, current, userAgent, address, seenAt }) => (
          <li key={id} className="flex items-center gap-4 px-4 py-2.5 text-sm">
            <div className="min-w-0 flex-1">
              <span className="font-medium">{deviceOf(userAgent)}</span>{' '}
              {current && <Badge tone="live">{texts.account.thisOne}</Badge>}
              <span className="block text-soft">
                {address} · {texts.account.lastUsed} <Time at={seenAt} />
              </span>
            </div>
            {!current && (
              <Button
                look="quiet"
                size="sm"
                onClick={() => end.mutate(id)}
                aria-label={texts.account.endOf(deviceOf(userAgent))}
              >
                {texts.account.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button className="mt-4" busy={end.isPending} onClick={() => end.mutate('others')}>
          {texts.account.endOthers}
        </Button>
      )}
    </>
  );
}
