import type { Database } from '../database/database.ts';
import { findArticleExtent, listStaleSearchDocuments } from './search-documents.queries.ts';
import { MAX_SHOWN } from './violations.queries.ts';

export interface CheckOptions {
  isFull: boolean;
  /** Called with the share that is done, from 0 to 1. */
  onProgress: (done: number) => void;
}

/** A violation, with the number of all of its check. */
export interface Violation {
  difference: string;
  total: number;
}

/**
 * How many documents are compared with their articles unless all are: chosen at random, others each time. Comparing a
 * million takes five minutes on two cores, and a change of the function shows in any of them.
 */
const SAMPLE_SIZE = 100_000;
const ARTICLES_PER_PART = 20_000;

/** Compares the search documents in parts, so that it can report progress. */
export async function listStaleDocumentsInParts(db: Database, { isFull, onProgress }: CheckOptions) {
  const { rows: extents } = await findArticleExtent(db);
  const { articles, maxId } = extents[0] ?? { articles: 0, maxId: 0 };
  const sample = { share: isFull ? 1 : Math.min(1, SAMPLE_SIZE / articles), seed: Math.floor(Math.random() * 2 ** 31) };
  const violations: Violation[] = [];
  let total = 0;
  for (let after = 0; after < maxId; after += ARTICLES_PER_PART) {
    const { rows } = await listStaleSearchDocuments(db, { ...sample, after, upTo: after + ARTICLES_PER_PART });
    violations.push(...rows);
    total += rows[0]?.total ?? 0;
    onProgress(Math.min(1, (after + ARTICLES_PER_PART) / maxId));
  }
  return { rows: violations.slice(0, MAX_SHOWN).map((violation) => ({ ...violation, total })) };
}
