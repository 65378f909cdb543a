import { useLocation } from '@tanstack/react-router';
import { useState } from 'react';

const KEY = 'rubric.articles.place';

interface Place {
  /** The entry of the browser's history: another filter is another one, and the way back leads to the same. */
  entry: string;
  index: number;
}

/** The row that somebody is at. Coming back from an article leads to its row; anything else begins with the first. */
export function usePlace(count: number): [number, (index: number) => void] {
  // oxlint-disable-next-line no-underscore-dangle -- the router calls the key of an entry so
  const entry = useLocation({ select: ({ state }) => state.__TSR_key ?? '' });
  const [place, setPlace] = useState(readPlace);
  const current = place?.entry === entry ? Math.min(place.index, Math.max(0, count - 1)) : 0;
  const set = (index: number) => {
    const next = { entry, index };
    setPlace(next);
    sessionStorage.setItem(KEY, JSON.stringify(next));
  };
  return [current, set];
}

const readPlace = () => JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Place | null;
