import {
  type Article,
  discardWorkingDraft,
  ifUnchanged,
  isProblem,
  publishWorkingDraft,
  updateArticle,
} from '@rubric/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useAccount } from '../api/account.ts';
import { texts } from '../texts/texts.ts';
import { Autosave } from './saving/autosave.ts';
import { bodyOf, EMPTY, FIELD_NAMES, type Fields } from './saving/fields.ts';
import { discard, type Left } from './saving/kept.ts';
import type { State } from './saving/machine.ts';
import { type Opened, open, storedOf } from './saving/server.ts';
import { openedQuery } from './writing.queries.ts';

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
  discardDraft: () => Promise<void>;
  /** Reads again what the server has, after something else than writing has changed it. */
  reload: () => Promise<void>;
}

type Prefer = NonNullable<Parameters<typeof publishWorkingDraft>[0]['body']['prefer']>;

/** The article that is open, with what can be done to it. */
export function useWriting(initial: Opened | null, left: Left | undefined, onCreated: (id: number) => void): Writer {
  const { id: account } = useAccount();
  const queries = useQueryClient();
  const [opened, setOpened] = useState(initial);

  const [autosave] = useState(() => {
    const stored = initial ? storedOf(initial) : { target: { kind: 'new' as const }, fields: EMPTY, at: '' };
    const saving = new Autosave({
      account,
      stored,
      left: left?.kept,
      untitled: texts.writing.untitled,
      onCreated: (article) => {
        setOpened({ article, draft: null });
        onCreated(article.id);
      },
      onStored: (rows) => {
        setOpened((before) => ({ ...before, ...rows }) as Opened);
        // Lists, and the article elsewhere, are older now.
        const isOlder = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[2] !== 'writing';
        void queries.invalidateQueries({ queryKey: ['articles'], predicate: isOlder });
      },
    });
    if (left) discard(left);
    return saving;
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

  const actions = useMemo(() => actionsOf(autosave, setOpened), [autosave]);
  useEffect(() => {
    if (opened) queries.setQueryData(openedQuery(opened.article.id).queryKey, opened);
  }, [opened, queries]);
  return useMemo(() => ({ autosave, opened, actions }), [autosave, opened, actions]);
}

/** A part of what autosave knows: every key that is pressed changes some of it, and few components need all. */
export const useWriterState = <T>({ autosave }: Writer, part: (state: State) => T): T =>
  useSyncExternalStore(autosave.subscribe, () => part(autosave.getState()));

/** Readers do not see the article any more, so it is changed itself: what was in its working draft goes there. */
async function moveDraft(article: Article, fields: Fields) {
  await updateArticle({ ...ifUnchanged(article), body: bodyOf(fields, FIELD_NAMES) });
  await discardWorkingDraft({ path: { id: article.id } });
}

function actionsOf(autosave: Autosave, setOpened: (opened: Opened) => void): Actions {
  const targetOf = async () => {
    if (!(await autosave.flush())) return null;
    const { target } = autosave.getState().stored;
    return target.kind === 'new' ? null : target;
  };
  const reload = async () => {
    const { target } = autosave.getState().stored;
    if (target.kind === 'new') return;
    const now = await open(target.id);
    setOpened(now);
    autosave.read(storedOf(now));
  };
  return {
    reload,
    publishAt: async (at) => {
      const target = await targetOf();
      if (!target) return null;
      // The version of a draft is not the article's; a change of the time alone touches neither text nor links.
      const headers = target.kind === 'article' ? { 'If-Match': `"${target.version}"` } : {};
      const article = await updateArticle({ path: { id: target.id }, headers, body: { publishedAt: at } });
      const isHidden = article.status !== 'published';
      if (isHidden && target.kind === 'draft' && target.exists) await moveDraft(article, autosave.getState().mine);
      await reload();
      return article;
    },
    publishDraft: async (prefer) => {
      const target = await targetOf();
      if (target?.kind !== 'draft' || !target.exists) return null;
      const headers = { 'If-Match': `"${target.version}"` };
      const article = await publishWorkingDraft({ path: { id: target.id }, headers, body: prefer ? { prefer } : {} });
      await reload();
      return article;
    },
    discardDraft: async () => {
      const { target } = autosave.getState().stored;
      if (target.kind !== 'draft') return;
      await autosave.flush();
      await discardWorkingDraft({ path: { id: target.id } }).catch((error: unknown) => {
        if (!isProblem(error, 'not_found')) throw error;
      });
      await reload();
    },
  };
}
