import { useEffect, useState } from 'react';
import { texts } from '../../texts/texts.ts';
import type { Writer } from '../use-writing.ts';
import { countWords, minutesOf } from './count-words.ts';

/** Counting 200 kB takes 30 ms: it waits for a pause. Nothing is drawn before, see `Writing`. */
const PAUSE_MS = 400;

export function Words({ writer: { autosave } }: { writer: Writer }) {
  const [words, setWords] = useState(() => countOf(autosave));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = autosave.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => setWords(countOf(autosave)), PAUSE_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [autosave]);
  if (words === 0) return null;
  return <p className="text-soft">{texts.writing.words(words, minutesOf(words))}</p>;
}

function countOf({ getState }: Writer['autosave']): number {
  const { content, contentFormat } = getState().mine;
  return countWords(content, contentFormat);
}
