import { useDeferredValue, useEffect, useState } from 'react';
import { texts } from '../../texts/texts.ts';
import { countWords, minutesOf } from './count-words.ts';

/** Counting 200 kB takes 30 ms: it waits for a pause. */
const PAUSE_MS = 400;

export function Words({ content, format }: { content: string; format: 'markdown' | 'html' }) {
  const text = useDeferredValue(content);
  const [words, setWords] = useState(() => countWords(content, format));
  useEffect(() => {
    const timer = setTimeout(() => setWords(countWords(text, format)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, format]);
  return <p className="text-soft">{texts.writing.words(words, minutesOf(words))}</p>;
}
