import { type Article, publishWorkingDraft, updateArticle } from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useAccount } from '../api/account.ts';
import { texts } from '../texts/texts.ts';
import { Autosave } from './saving/autosave.ts';
import { EMPTY } from './saving/fields.ts';
import type { Left } from './saving/kept.ts';
import type { State } from './saving/machine.ts';
import { discardDraft, type Opened, storedOf } from './saving/server.ts';

export interface Writer {
  autosave: Autosave;
  /** The rows as they are on the server; null until a new article is saved. */
  opened: Opened | null;
  actions: Actions;
}

export interface Actions {
  /** Publishes now, at a time, or takes the article back (`null`). */
  publishAt: (at: string | null) => Promise<Article | null>;
  /** Makes the working draft the article. */
  publishDraft: (prefer?: Prefer) => Promise<Article | null>;
  /** Throws the working draft away. Returns whether what was written last could be saved before. */
  discardDraft: () => Promise<boolean>;
}

type Prefer = NonNullable<Parameters<typeof publishWorkingDraft>[0]['body']['prefer']>;

/** The article that is open, with what can be done to it. */
export function useWriting(initial: Opened | null, left: Left | undefined, onCreated: (id: number) => void): Writer {
  const { id: account } = useAccount();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(initial);

  const [autosave] = useState(() => {
    const stored = initial ? storedOf(initial) : { target: { kind: 'new' as const }, fields: EMPTY, at: '' };
    return new Autosave({
      account,
      stored,
      left,
      untitled: texts.writing.untitled,
      onCreated,
      onStored: (rows) => {
        setOpened((before) => ({ ...before, ...rows }) as Opened);
        // Lists, and the article elsewhere, are older now.
        const isOlder = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[2] !== 'writing';
        void queries.invalidateQueries({ queryKey: ['articles'], predicate: isOlder });
      },
    });
  });
  useEffect(() => {
    autosave.attach();
    const onFocus = () => document.visibilityState === 'visible' && void autosave.refresh();
    document.addEventListener('visibilitychange', onFocus);
    // Only where the browser has no room for the words: anywhere else closing the tab loses none.
    const onLeave = (event: BeforeUnloadEvent) => !autosave.isKept && event.preventDefault();
    addEventListener('beforeunload', onLeave);
    return () => {
      document.removeEventListener('visibilitychange', onFocus);
      removeEventListener('beforeunload', onLeave);
      autosave.close();
    };
  }, [autosave]);

  const actions = useMemo(() => actionsOf(autosave), [autosave]);
  return useMemo(() => ({ autosave, opened, actions }), [autosave, opened, actions]);
}

/** A part of what autosave knows: every key that is pressed changes some of it, and few components need all. */
export const useWriterState = <T>({ autosave }: Writer, part: (state: State) => T): T =>
  useSyncExternalStore(autosave.subscribe, () => part(autosave.getState()));

function actionsOf(autosave: Autosave): Actions {
  const targetOf = async () => {
    if (!(await autosave.flush())) return null;
    const { target } = autosave.getState().stored;
    return target.kind === 'new' ? null : target;
  };
  return {
    publishAt: async (at) => {
      const target = await targetOf();
      if (!target) return null;
      // The version of a draft is not the article's; a change of the time alone touches neither text nor links.
      const headers = target.kind === 'article' ? { 'If-Match': `"${target.version}"` } : {};
      const article = await updateArticle({ path: { id: target.id }, headers, body: { publishedAt: at } });
      await autosave.reload();
      return article;
    },
    publishDraft: async (prefer) => {
      const target = await targetOf();
      if (target?.kind !== 'draft' || !target.exists) return null;
      const headers = { 'If-Match': `"${target.version}"` };
      const article = await publishWorkingDraft({ path: { id: target.id }, headers, body: prefer ? { prefer } : {} });
      await autosave.reload();
      return article;
    },
    discardDraft: async () => {
      const target = await targetOf();
      if (!target) return false;
      if (target.kind !== 'draft') return true;
      await discardDraft(target);
      await autosave.reload();
      return true;
    },
  };
}
