import type { Database } from '../../database/database.ts';
import { searchTermsOf } from './search-terms.ts';
import { matcherOf, type SnippetPart, snippetOf } from './snippet.ts';
import { findSnippetSources } from './snippets.queries.ts';

/** Articles after which other requests get their turn: 50,000 characters take 3 ms. */
const ARTICLES_PER_TURN = 4;

/** Returns a snippet for each article, by its id. */
export async function readSnippets(
  db: Database,
  q: string,
  articleIds: readonly number[],
): Promise<Map<number, SnippetPart[]>> {
  const matcher = matcherOf(searchTermsOf(q));
  const snippets = new Map<number, SnippetPart[]>();
  for (const [index, { id, ...source }] of (await findSnippetSources(db, articleIds)).entries()) {
    if (index % ARTICLES_PER_TURN === ARTICLES_PER_TURN - 1) await new Promise((resolve) => setImmediate(resolve));
    snippets.set(id, snippetOf(source, matcher));
  }
  return snippets;
}
