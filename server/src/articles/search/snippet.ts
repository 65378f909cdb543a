import { setImmediate } from 'node:timers/promises';
import { plainText } from './plain-text.ts';
import { type SearchTerms, searchTermsOf } from './search-terms.ts';
import { foldText, wordsOf } from './search-words.ts';

/** A piece of a snippet. */
export interface SnippetPart {
  text: string;
  /** Whether the search matches it. */
  match: boolean;
}

/** The text of an article from which a snippet is made. */
export interface SnippetSource {
  title: string;
  excerpt: string | null;
  /** The start of the content. */
  content: string;
  contentFormat: 'markdown' | 'html';
}

/** In characters (UTF-16), not counting parts of words at the ends. */
const SNIPPET_LENGTH = 200;
/** How many of them precede the first match. */
const LEAD = 60;

/** For a common word, the first matches are enough to choose from. */
const MAX_MATCHES = 1_000;

/** A part of a text that a word of the search matches. */
interface Match {
  start: number;
  end: number;
  /** The index of the word in the search. */
  word: number;
}

/** Finds the parts of a text that a search matches. Created once for each search. */
export type Matcher = (text: string) => Match[];

export function matcherOf({ terms, termKinds }: SearchTerms): Matcher {
  const searched = terms.flatMap((term, index) => {
    const words = termKinds[index] === 'excluded' ? [] : [...wordsOf(foldText(term))];
    return words.map((word, n) => ({ ...word, isPrefix: termKinds[index] === 'prefix' && n === words.length - 1 }));
  });
  const exact = new Map(searched.map(({ folded }, index) => [folded, index]));
  const partial = searched.flatMap((word, index) => (word.isPrefix || word.isUnspaced ? [{ ...word, index }] : []));
  // The words contain no characters that mean something in a regular expression.
  const anyPartial = new RegExp(partial.map(({ folded }) => folded).join('|') || '(?!)', 'g');
  return (text) => {
    const matches: Match[] = [];
    for (const { start, end, folded, isUnspaced } of wordsOf(text)) {
      if (matches.length >= MAX_MATCHES) break;
      const word = exact.get(folded) ?? partial.find((each) => !isUnspaced && folded.startsWith(each.folded))?.index;
      if (word !== undefined) matches.push({ start, end, word });
      else if (isUnspaced) matches.push(...matchesInRun(folded, start, end, anyPartial, exact));
    }
    return matches;
  };
}

/**
 * Returns where a run of a script without blanks contains words of the search; the whole run if folding changed its length.
 */
function matchesInRun(run: string, start: number, end: number, words: RegExp, numbers: Map<string, number>): Match[] {
  const isSameLength = run.length === end - start;
  const found = run.matchAll(words).take(isSameLength ? MAX_MATCHES : 1);
  const matches = found.map(({ 0: folded, index }) => {
    const place = isSameLength ? { start: start + index, end: start + index + folded.length } : { start, end };
    return { ...place, word: numbers.get(folded) ?? 0 };
  });
  return [...matches];
}

/** Returns the match at which a snippet has to start to show the most words of the search. */
function bestMatch(matches: readonly Match[]): Match | undefined {
  let best: Match | undefined;
  let most = 0;
  for (const [index, first] of matches.entries()) {
    const words = new Set<number>();
    for (let n = index; n < matches.length; n += 1) {
      const { end, word } = matches[n] as Match;
      if (end - first.start > SNIPPET_LENGTH - LEAD) break;
      words.add(word);
    }
    if (words.size > most) [best, most] = [first, words.size];
  }
  return best;
}

const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Returns the position of the first blank at `at` or up to 30 characters later; without one, the start of the grapheme at
 * `at`, so that an emoji or a letter with accents is not split.
 */
function placeToCut(text: string, at: number): number {
  const blank = text.slice(at, at + 30).search(/\s/);
  if (blank !== -1) return at + blank;
  const from = Math.max(0, at - 50);
  return from + (CHARACTERS.segment(text.slice(from, at + 50)).containing(at - from)?.index ?? at - from);
}

/** Cuts a text to a snippet around a match, and splits it into matching and other parts. */
function cut(text: string, matches: readonly Match[]): SnippetPart[] {
  const first = bestMatch(matches)?.start ?? 0;
  const start = first <= LEAD ? 0 : Math.min(first, placeToCut(text, first - LEAD));
  const limit = start + SNIPPET_LENGTH;
  const end = limit >= text.length ? text.length : placeToCut(text, limit);
  const parts: SnippetPart[] = [];
  let at = start;
  const add = (to: number, match: boolean) => {
    if (to > at) parts.push({ text: text.slice(at, to), match });
    at = Math.max(at, to);
  };
  for (const match of matches) {
    if (match.start < start || match.end > end) continue;
    add(match.start, false);
    add(match.end, true);
  }
  add(end, false);
  if (start > 0) parts.unshift({ text: '…', match: false });
  if (end < text.length) parts.push({ text: '…', match: false });
  return joined(parts);
}

/** Joins neighbors that both match, or both do not. */
function joined(parts: readonly SnippetPart[]): SnippetPart[] {
  const result: SnippetPart[] = [];
  for (const { text, match } of parts) {
    const last = result.at(-1);
    if (last?.match === match) last.text += text;
    else result.push({ text, match });
  }
  return result;
}

/**
 * Returns about 200 characters around the matches of a search: of the content, or else of the excerpt. If neither matches,
 * for example if only the title does, returns the start of the first of them that has a text. Joined, the parts are plain
 * text.
 */
export function snippetOf({ title, excerpt, content, contentFormat }: SnippetSource, matcher: Matcher): SnippetPart[] {
  const texts = [plainText(content, contentFormat), plainText(excerpt ?? '', 'html')];
  for (const text of texts) {
    const matches = matcher(text);
    if (matches.length > 0) return cut(text, matches);
  }
  const text = texts.find((each) => each !== '') ?? title;
  return cut(text, matcher(text));
}

/**
 * Returns a snippet of each text for a search, by its id. Yields to other requests between snippets, which take 3 to 5 ms
 * each.
 */
export async function snippetsOf(
  sources: readonly (SnippetSource & { id: number })[],
  q: string,
): Promise<Map<number, SnippetPart[]>> {
  const matcher = matcherOf(searchTermsOf(q));
  const snippets = new Map<number, SnippetPart[]>();
  for (const { id, ...source } of sources) {
    await setImmediate();
    snippets.set(id, snippetOf(source, matcher));
  }
  return snippets;
}
