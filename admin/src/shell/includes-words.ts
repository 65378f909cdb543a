/** Returns whether a text has all words, or beginnings of words, in any order and case, with or without accents. */
export function includesWords(text: string, words: string): boolean {
  const folded = ` ${fold(text)}`;
  return fold(words)
    .split(/\s+/)
    .every((word) => folded.includes(` ${word}`) || word === '');
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
