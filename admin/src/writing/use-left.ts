import { useEffect, useState } from 'react';
import { useAccount } from '../api/account.ts';
import { type Left, leftBehind } from './saving/kept.ts';

/** What closed tabs have left of an article; null until that is known. */
export function useLeft(article: number | 'new'): Left | 'nothing' | null {
  const { id } = useAccount();
  const [left, setLeft] = useState<Left | 'nothing' | null>(null);
  useEffect(() => {
    let isOpen = true;
    void leftBehind(id, article).then(async (found) => {
      // New ones are different articles: the newest is opened, and the others stay for the next time.
      if (article === 'new') return isOpen && setLeft(found.at(-1) ?? 'nothing');
      // Rarely more than one tab has left something; the join of texts is loaded for it.
      const joined = found.length > 1 && (await import('./saving/join-left.ts')).joinLeft(found);
      if (isOpen) setLeft(joined || (found[0] ?? 'nothing'));
    });
    return () => {
      isOpen = false;
    };
  }, [id, article]);
  return left;
}
