import { actorOf, type Caller, reach } from '../../access/principal.ts';
import type { Actor } from '../../database/actor.ts';
import { fieldProblem } from '../../http/problems.ts';
import type { ArticleChange } from '../articles.schema.ts';

/** What of the unpublished articles a caller sees: the values of the placeholders in `article-access.queries.ts`. */
export interface Reader {
  seesAll: boolean;
  /** The account whose articles are seen where not all are. */
  owner: number | null;
  /** A token that is limited to categories sees what is filed under one of them. */
  within: readonly number[] | null;
}

/** Which articles a caller may change, and who that is. */
export interface Writer {
  writesAll: boolean;
  draftsOnly: boolean;
  owner: number | null;
  /** A token that is limited to categories changes what is filed under these and no others. */
  within: readonly number[] | null;
  actor: Actor;
}

export const readerOf = (caller: Caller): Reader => ({
  seesAll: reach(caller, 'articles.see') === 'all',
  owner: reach(caller, 'articles.see') === undefined ? null : caller.accountId,
  within: caller.categoryIds,
});

export const writerOf = (caller: Caller): Writer => {
  const writes = reach(caller, 'articles.write');
  return {
    writesAll: writes === 'all',
    draftsOnly: writes === 'own drafts',
    owner: writes === undefined ? null : caller.accountId,
    within: caller.categoryIds,
    actor: actorOf(caller),
  };
};

/**
 * Is it a caller's to do with an article what a body asks for? The statements see to whose article it is; this is about
 * what would become of it.
 *
 * @throws Problem `forbidden` naming the field
 */
export function assertMayWrite(
  caller: Caller,
  { publishedAt, categoryIds, authorIds }: Pick<ArticleChange, 'publishedAt' | 'categoryIds' | 'authorIds'>,
): void {
  if (publishedAt !== undefined && publishedAt !== null && reach(caller, 'articles.publish') === undefined) {
    throw refusal('publishedAt', `The role ${caller.role} writes drafts: publishedAt must be null.`);
  }
  if (authorIds !== undefined && reach(caller, 'articles.sign') !== 'all') {
    const foreign = authorIds.find((id) => id !== String(caller.authorId));
    if (foreign !== undefined) throw refusal('authorIds', `The author ${foreign} is not the byline of this account.`);
  }
  if (categoryIds !== undefined) assertWithin(caller, categoryIds);
}

/** @throws Problem `forbidden` for a token that is limited to other categories than these */
export function assertWithin({ categoryIds: limit }: Caller, categoryIds: readonly string[]): void {
  if (limit === null) return;
  const outside = categoryIds.find((id) => !limit.includes(Number(id)));
  if (outside !== undefined) throw refusal('categoryIds', `The token is not good for the category ${outside}.`);
  if (categoryIds.length === 0) throw refusal('categoryIds', `The token is good for articles under a category only.`);
}

const refusal = (field: string, detail: string) => fieldProblem('forbidden', `/${field}`, detail);
