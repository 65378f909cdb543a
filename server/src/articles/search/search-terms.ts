/**
 * The kind of a search term. `words`: all of its words; `prefix`: the same, and the last word is a prefix; `phrase`: its
 * words in a row; `excluded`: not its words in a row.
 */
export type TermKind = 'words' | 'prefix' | 'phrase' | 'excluded';

/** The terms of a search, by the names of the placeholders of `searchQuery`: each array has an element for each term. */
export interface SearchTerms {
  terms: string[];
  termKinds: TermKind[];
  /** The number of the alternative that a term belongs to. An article matches all terms of one alternative. */
  termAlternatives: number[];
}

interface Term {
  text: string;
  kind: Exclude<TermKind, 'prefix'>;
}

/** A "phrase", whose closing quote is optional, or a word; hyphens before it exclude it. */
const TERM = /(-*)(?:"([^"]*)"?|([^\s"]+))/g;
/** A term without any of these has no words. The symbols (So) include some that are written in letters, such as ㎏. */
const SEARCHABLE = /[\p{L}\p{N}\p{So}]/u;

const isOr = ({ text, kind }: Term) => kind === 'words' && text.toLowerCase() === 'or';

/** Splits a search into terms. `search_query` makes a `tsquery` of them. The last word is also a prefix. */
export function searchTermsOf(q: string): SearchTerms {
  const alternatives = splitAtOr(parseTerms(q));
  const last = alternatives.at(-1)?.at(-1);
  const hasPrefix = last?.kind === 'words' && !isOr(last) && q.endsWith(last.text);
  const terms = alternatives.flatMap((alternative, number) => alternative.map((term) => ({ ...term, number })));
  return {
    terms: terms.map(({ text }) => text),
    termKinds: terms.map(({ kind }, index) => (hasPrefix && index === terms.length - 1 ? 'prefix' : kind)),
    termAlternatives: terms.map(({ number }) => number),
  };
}

const parseTerms = (q: string): Term[] =>
  [...q.matchAll(TERM)]
    .map(([, hyphens, phrase, word]): Term => {
      const kind = hyphens ? 'excluded' : phrase === undefined ? 'words' : 'phrase';
      return { text: phrase ?? word ?? '', kind };
    })
    .filter(({ text }) => SEARCHABLE.test(text));

/** Splits the terms at each "or" that stands between two terms; any other "or" is a word. */
function splitAtOr(terms: Term[]): Term[][] {
  let alternative: Term[] = [];
  const alternatives = [alternative];
  for (const [index, term] of terms.entries()) {
    if (isOr(term) && alternative.length > 0 && index < terms.length - 1) alternatives.push((alternative = []));
    else alternative.push(term);
  }
  return alternatives;
}
