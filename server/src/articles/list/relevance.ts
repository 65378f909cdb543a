import type { ListShape } from './keyset.queries.ts';

/**
 * Where a list by relevance is cut in two. Above the border, which is a time of publication, articles are ranked; what is
 * listed before it follows by publication. `infinity` where nothing is ranked, `-infinity` where everything is that the
 * list holds, and null where everything is that has the words.
 */
type Border = string | null;

/** The parts of a list by relevance, from the first to the last. */
export function partsOf(shape: ListShape, border: Border): ListShape[] {
  if (border === null) return [shape];
  const ranked: ListShape = { ...shape, part: 'ranked' };
  if (border === '-infinity') return [ranked];
  const rest: ListShape = { ...shape, sort: 'publishedAt' };
  return border === 'infinity' ? [rest] : [ranked, { ...rest, part: 'rest' }];
}

/** The place of a row: its rank, or in the rest the time by which it is listed, and the border of this walk. */
export interface PlaceByRelevance {
  key: string;
  border: Border;
}

/** As PostgreSQL writes it. One that a `real` cannot hold is none. */
const RANK = /^\d{1,9}(\.\d{1,12})?(e[+-]\d\d)?$/;

export function isRanked({ key }: PlaceByRelevance): boolean {
  const rank = Math.fround(Number(key));
  return RANK.test(key) && Number.isFinite(rank) && (rank > 0 || Number(key) === 0);
}

export const formatPlace = ({ key, border }: PlaceByRelevance) => (border === null ? key : `${key} ${border}`);

export function parsePlace(text: string): PlaceByRelevance {
  const [key = '', border = null] = text.split(' ');
  return { key, border };
}

/** @param isTime whether a list may hold what is listed at that time */
export function isPlaceByRelevance(text: string, isTime: (time: string) => boolean): boolean {
  const place = parsePlace(text);
  const { key, border } = place;
  if (formatPlace(place) !== text) return false;
  if (border === null || border === '-infinity') return isRanked(place);
  return isTime(border) && (isTime(key) || (isRanked(place) && border !== 'infinity'));
}
