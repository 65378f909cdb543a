import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { searchTermsOf } from '../../../src/articles/search/search-terms.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

const FOLDER = join(import.meta.dirname, 'titles');
const SCRIPTS = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.txt') ? [file.slice(0, -4)] : []));

/** Independently of the code: what people take for a word, and the runs of scripts that have no blanks between words. */
const WORD = /[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}\p{Cf}]*/gu;
const RUN =
  /(?:(?=[\p{L}\p{M}\p{N}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}])+/gu;
const matchesOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([match]) => match);

/** The last word, while it is being typed. */
function unfinished(title: string): string[] {
  const letters = Array.from(matchesOf(title.replace(RUN, ' '), WORD).at(-1) ?? '');
  return letters.map((_, n) => letters.slice(0, n + 1).join(''));
}

/** Each two and three characters of a run with a letter among them, and the run; what is between consists of the same pairs. */
function partsOfRuns(title: string): string[] {
  const parts = matchesOf(title, RUN).flatMap((run) => {
    const letters = Array.from(run);
    return [letters, ...letters.flatMap((_, n) => [letters.slice(n, n + 2), letters.slice(n, n + 3)])];
  });
  return parts.flatMap((part) => (part.length > 1 && /\p{L}/u.test(part.join('')) ? [part.join('')] : []));
}

/** Й and ї are letters of their own, and the marks of other scripts are vowels. */
const withoutAccents = (title: string) =>
  title
    .normalize('NFD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}]\p{M}*)\p{M}/gu, '')
    .normalize('NFC');

const SEARCHES: Record<string, (title: string) => string[]> = {
  itself: (title) => [title],
  'each word': (title) => matchesOf(title, WORD).map((word) => `${word} `),
  'the unfinished last word': unfinished,
  'parts of runs without blanks': partsOfRuns,
  'upper case': (title) => [title.toLocaleUpperCase(/[ığş]/.test(title) ? 'tr' : undefined)],
  'lower case': (title) => [title.toLowerCase()],
  NFC: (title) => [title.normalize('NFC')],
  NFD: (title) => [title.normalize('NFD')],
  'full width': (title) => [title.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))],
  'no accents': (title) => [withoutAccents(title)],
  'no invisible characters': (title) => [title.replace(/\p{Cf}/gu, '')],
};

/** All searches that should find a title, each once. The title as a search: without quotation marks and leading hyphens. */
function searchesOf(title: string): Map<string, string> {
  const plain = title.replace(/"/g, ' ').replace(/(?<=^|\s)-+/g, '');
  const searches = Object.entries(SEARCHES).flatMap(([kind, of]) => of(plain).map((q) => [q, kind] as const));
  return new Map(searches.toReversed());
}

test.each(SCRIPTS)('each title in %s is found by what people type', async (script) => {
  const titles = readFileSync(join(FOLDER, `${script}.txt`), 'utf8')
    .trim()
    .split('\n');
  expect(titles.length).toBeGreaterThanOrEqual(100);
  const wanted = titles.flatMap((title) => Array.from(searchesOf(title), ([q, kind]) => ({ title, q, kind })));
  const searches = Array.from(new Set(wanted.map(({ q }) => q)), (q) => ({ q, ...searchTermsOf(q) }));
  const { rows } = await server.database.pool.query(
    `with documents as materialized (
      select title, article_document(title, null, '') as document from unnest($1::text[]) as title
    ), queries as materialized (
      select q, search_query(terms, "termKinds", "termAlternatives") as query
      from json_to_recordset($2) as search(q text, terms text[], "termKinds" text[], "termAlternatives" int[])
    ) select title, q, kind from json_to_recordset($3) as wanted(title text, q text, kind text)
      join documents using (title) join queries using (q) where (document @@ query) is not true`,
    [titles, JSON.stringify(searches), JSON.stringify(wanted)],
  );
  expect(rows).toEqual([]);
});
