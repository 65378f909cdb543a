/** The terms of a search, by the names of the placeholders of `searchQuery`. */
export interface SearchTerms {
  /** Words that must all match, anywhere in the document. */
  words: string;
  /** Phrases that must match, too, and excluded terms. */
  phrases: string;
  /** Matches every word that begins with it; empty when the last term is not a plain word. */
  prefix: string;
  /** Matches instead of all the above: what stands before the last "or". */
  alternatives: string;
}

interface Term {
  text: string;
  isPhrase: boolean;
  isExcluded: boolean;
}

/** A "phrase", whose closing quote is optional, or a word; hyphens before it exclude it. */
const TERM = /(-*)(?:"([^"]*)"?|([^\s"]+))/g;
/** A term without any of these finds nothing. The symbols (So) include some that are written in letters, such as ㎏. */
const SEARCHABLE = /[\p{L}\p{N}\p{So}]/u;

const isWord = ({ isPhrase, isExcluded }: Term) => !isPhrase && !isExcluded;
const isOr = (term: Term) => isWord(term) && term.text.toLowerCase() === 'or';

/**
 * Splits a search into the arguments of PostgreSQL's `plainto_tsquery` and `websearch_to_tsquery`. For the latter each
 * term is quoted, so that nothing in it has a special meaning: a hyphen that stands alone means nothing, and dozens of
 * them were an error. A word that PostgreSQL's parser splits (l’école, or an address) is not made a phrase: in a long
 * article the phrase would not match, because positions end at 16,383. The last word is also a prefix.
 */
export function searchTermsOf(text: string): SearchTerms {
  const q = text.normalize('NFC'); // as in the documents: a letter and its accent can be two characters
  const alternatives = splitAtOr(parseTerms(q));
  const terms = alternatives.pop() ?? [];
  const last = terms.at(-1);
  const prefix = last && isWord(last) && !isOr(last) && q.endsWith(last.text) ? terms.pop() : undefined;
  return {
    words: terms.flatMap((term) => (isWord(term) ? [term.text] : [])).join(' '),
    phrases: toWebsearch(terms.filter((term) => !isWord(term))),
    prefix: prefix?.text ?? '',
    alternatives: alternatives.map(toWebsearch).join(' or '),
  };
}

const parseTerms = (q: string): Term[] =>
  [...q.matchAll(TERM)]
    .map(([, hyphens, phrase, word]) => ({
      text: phrase ?? word ?? '',
      isPhrase: phrase !== undefined,
      isExcluded: hyphens !== '',
    }))
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

const toWebsearch = (terms: Term[]) =>
  terms.map(({ text, isExcluded }) => `${isExcluded ? '-' : ''}"${text}"`).join(' ');
