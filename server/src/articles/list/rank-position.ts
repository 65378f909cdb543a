import { isRank } from '../ranks/rank-key.ts';

/**
 * The position of a row in a list by rank is its rank or, after all ranked rows, this mark and the sort key of the list by
 * publication. The mark is greater than every rank, byte by byte.
 */
export const UNRANKED = '~';

export const isUnranked = (key: string) => key.startsWith(UNRANKED);

/** @param isTime whether the list can contain articles with this time of publication */
export const isRankPosition = (key: string, isTime: (time: string) => boolean) =>
  isUnranked(key) ? isTime(key.slice(UNRANKED.length)) : isRank(key);
