import { useEffect, useState } from 'react';
import { useAccount } from '../api/account.ts';
import { type Left, leftBehind, release, take } from './saving/kept.ts';

/** What closed tabs have left of an article, taken over by this one; null until that is known. */
export function useLeft(article: number | 'new'): Left | 'nothing' | null {
  const { id } = useAccount();
  const [left, setLeft] = useState<Left | 'nothing' | null>(null);
  useEffect(() => {
    let isOpen = true;
    let got: Left | null = null;
    // Later, so that what the screen before this one has released is there.
    const timer = setTimeout(() => {
      void takeLeft(id, article).then((taken) => {
        got = taken;
        if (isOpen) setLeft(taken ?? 'nothing');
        else if (taken) release(taken);
      });
    });
    return () => {
      isOpen = false;
      clearTimeout(timer);
      if (got) release(got);
    };
  }, [id, article]);
  return left;
}

async function takeLeft(account: number, article: number | 'new'): Promise<Left | null> {
  const found = await leftBehind(account, article);
  if (article !== 'new') {
    const taken = await take(found);
    // Rarely more than one tab has left something; the join of texts is loaded for it.
    return taken.length > 1 ? (await import('./saving/join-left.ts')).joinLeft(taken) : (taken[0] ?? null);
  }
  // New ones are different articles: the newest is opened, and the others stay for the next time.
  for (const each of found.toReversed()) {
    const [taken] = await take([each]);
    if (taken) return taken;
  }
  return null;
}
