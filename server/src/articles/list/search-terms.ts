/** The words of a search, as the placeholders of `searchQuery` take them. */
export interface Words {
  /** Must be met, all of them, wherever they stand. */
  plain: string;
  /** Must be met besides: phrases, and what is excluded. */
  head: string;
  /** Is met by any word that begins with it; empty where no word is begun. */
  last: string;
  /** Suffices instead of all these: what stands before the last "or". */
  other: string;
}

interface Term {
  text: string;
  isPhrase: boolean;
  isExcluded: boolean;
}

/** A "phrase", which need not end, or a word; with hyphens before it, it is excluded. */
const TERM = /(-*)(?:"([^"]*)"?|([^\s"]+))/g;
/** Without one of these there is nothing to look for; there are symbols that are written as letters are, such as ㎏. */
const LETTER = /[\p{L}\p{N}\p{So}]/u;

const isPlain = ({ isPhrase, isExcluded }: Term) => !isPhrase && !isExcluded;
const isOr = (term: Term) => isPlain(term) && term.text.toLowerCase() === 'or';

/**
 * What somebody types, as PostgreSQL's `plainto_tsquery` and `websearch_to_tsquery` read it. For the latter each term is
 * quoted, so that nothing in it is taken for anything else: a hyphen that stands alone means nothing, and dozens of them
 * were an error. A word that the parser parts (l’école, or an address) need not be a phrase, and in a long article cannot
 * be: positions end at 16,383. The last word may be the beginning of one.
 */
export function wordsOf(text: string): Words {
  const q = text.normalize('NFC'); // as the documents are: an accent may be written apart from its letter
  const alternatives = alternativesOf(termsOf(q));
  const last = alternatives.pop() ?? [];
  const end = last.at(-1);
  const begun = end && isPlain(end) && !isOr(end) && q.endsWith(end.text) ? last.pop() : undefined;
  return {
    plain: last.flatMap((term) => (isPlain(term) ? [term.text] : [])).join(' '),
    head: written(last.filter((term) => !isPlain(term))),
    last: begun?.text ?? '',
    other: alternatives.map(written).join(' or '),
  };
}

const termsOf = (q: string): Term[] =>
  [...q.matchAll(TERM)]
    .map(([, hyphens, phrase, word]) => ({
      text: phrase ?? word ?? '',
      isPhrase: phrase !== undefined,
      isExcluded: hyphens !== '',
    }))
    .filter(({ text }) => LETTER.test(text));

/** The terms, parted at each "or" that has one on either side; any other is a word. */
function alternativesOf(terms: Term[]): Term[][] {
  let alternative: Term[] = [];
  const alternatives = [alternative];
  for (const [at, term] of terms.entries()) {
    if (isOr(term) && alternative.length > 0 && at < terms.length - 1) alternatives.push((alternative = []));
    else alternative.push(term);
  }
  return alternatives;
}

const written = (terms: Term[]) => terms.map(({ text, isExcluded }) => `${isExcluded ? '-' : ''}"${text}"`).join(' ');
