import type { ListShape } from './list-shape.ts';

/**
 * Divides a list by relevance: articles published at the cutoff or later are ranked, the others follow by publication.
 * `infinity` if no article is ranked, `-infinity` if the whole list is, and null if all articles that match the search are.
 */
type RankCutoff = string | null;

/** Returns the parts of a list by relevance, in order. */
export function relevanceParts(shape: ListShape, rankCutoff: RankCutoff): ListShape[] {
  if (rankCutoff === null) return [shape];
  const ranked: ListShape = { ...shape, relevancePart: 'ranked' };
  if (rankCutoff === '-infinity') return [ranked];
  const byPublication: ListShape = { ...shape, sort: 'publishedAt' };
  return rankCutoff === 'infinity' ? [byPublication] : [ranked, { ...byPublication, relevancePart: 'unranked' }];
}

/** The position of a row: its rank (below the cutoff its `listed_at`), and the cutoff that the first page found. */
export interface RelevancePosition {
  key: string;
  rankCutoff: RankCutoff;
}

/** A rank as PostgreSQL writes it. A number outside the range of `real` is not one. */
const RANK = /^\d{1,9}(\.\d{1,12})?(e[+-]\d\d)?$/;

export function isRanked({ key }: RelevancePosition): boolean {
  const rank = Math.fround(Number(key));
  return RANK.test(key) && Number.isFinite(rank) && (rank > 0 || Number(key) === 0);
}

export const formatRelevancePosition = ({ key, rankCutoff }: RelevancePosition) =>
  rankCutoff === null ? key : `${key} ${rankCutoff}`;

export function parseRelevancePosition(text: string): RelevancePosition {
  const [key = '', rankCutoff = null] = text.split(' ');
  return { key, rankCutoff };
}

/** @param isTime whether the list can contain articles with this `listed_at` */
export function isRelevancePosition(text: string, isTime: (time: string) => boolean): boolean {
  const position = parseRelevancePosition(text);
  const { key, rankCutoff } = position;
  if (formatRelevancePosition(position) !== text) return false;
  if (rankCutoff === null || rankCutoff === '-infinity') return isRanked(position);
  return isTime(rankCutoff) && (isTime(key) || (isRanked(position) && rankCutoff !== 'infinity'));
}
