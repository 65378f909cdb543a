import { Inject, Injectable } from '@nestjs/common';
import { actorOf, type Principal } from '../../access/principal.ts';
import type { Actor } from '../../database/actor.ts';
import { DATABASE, type Database } from '../../database/database.ts';
import { withRetry } from '../../database/retry.ts';
import { MAX } from '../../database/schema/field-limits.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import { rankBetween } from './rank-key.ts';
import {
  deleteRanks,
  findRankBounds,
  listRanked,
  lockRanks,
  type RankedLink,
  updateRank,
  updateRanks,
} from './ranks.queries.ts';
import type { RankPlace } from './ranks.schema.ts';

/** The manual order of the articles of a category (docs/decisions/0032). */
@Injectable()
export class RanksService {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  /**
   * Moves an article to a place among the ranked articles of a category; writes nothing if it is there already. Moves in
   * one category wait for one another, because each reads the ranks of its neighbors.
   *
   * @throws Problem `not_found` if the article is not in the category, or `not_ranked`
   */
  move(link: RankedLink, place: RankPlace, principal: Principal): Promise<void> {
    const actor = actorOf(principal);
    return withRetry(() =>
      this.db.transaction(async (tx) => {
        await lockRanks(tx, link.categoryId);
        let rank = await findFreeRank(tx, link, place);
        if (rank !== null && rank.length > MAX.rank) {
          await shortenRanks(tx, actor, link.categoryId);
          rank = await findFreeRank(tx, link, place);
        }
        if (rank !== null) await updateRank(tx, actor, link, rank);
      }),
    );
  }

  /**
   * Removes the rank of an article. Succeeds if it has none.
   *
   * @throws Problem `not_found` if the article is not in the category
   */
  async remove(link: RankedLink, principal: Principal): Promise<void> {
    const { rows } = await findRankBounds(this.db, link, {});
    if (rows.length === 0) throw notInCategory(link);
    await withRetry(() => updateRank(this.db, actorOf(principal), link, null));
  }
}

/** Returns a rank for the place; null if the article is there already. */
async function findFreeRank(tx: Database, link: RankedLink, place: RankPlace): Promise<string | null> {
  const { rows } = await findRankBounds(tx, link, place);
  const [found] = rows;
  if (!found) throw notInCategory(link);
  const anchorId = place.before ?? place.after;
  if (anchorId !== undefined && found.anchor === null) throw notRanked(place, link);
  const { rank, previous, next } = found;
  const isThere = rank !== null && (previous === null || previous < rank) && (next === null || rank < next);
  if (isThere || anchorId === link.articleId) return null;
  return rankBetween(previous, next);
}

/**
 * Assigns new, short ranks to all ranked articles. Needed only after at least 10,000 moves that each went between the last
 * two.
 */
async function shortenRanks(tx: Database, actor: Actor, categoryId: number): Promise<void> {
  const { rows } = await listRanked(tx, categoryId);
  const ranks: string[] = [];
  for (const _ of rows) ranks.push(rankBetween(ranks.at(-1) ?? null, null));
  await deleteRanks(tx, actor, categoryId); // the unique index does not allow two articles to share a rank, even for a moment
  await updateRanks(
    tx,
    categoryId,
    rows.map(({ articleId }) => articleId),
    ranks,
  );
}

const notInCategory = ({ categoryId, articleId }: RankedLink) =>
  new Problem('not_found', `No article ${articleId} is in the category ${categoryId}.`);

function notRanked({ before, after }: RankPlace, { categoryId }: RankedLink) {
  const pointer = before === undefined ? '/after' : '/before';
  return fieldProblem(
    'not_ranked',
    pointer,
    `The article ${before ?? after} has no rank in the category ${categoryId}.`,
  );
}
