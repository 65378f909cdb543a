import { actorOf, type Principal, scopeOf } from '../../access/principal.ts';
import type { Actor } from '../../database/actor.ts';
import { fieldProblem } from '../../http/problems.ts';
import type { ArticleUpdate } from '../articles.schema.ts';

/** What of the unpublished articles a caller sees: the values of the placeholders in `article-access.queries.ts`. */
export interface ReadScope {
  seesAll: boolean;
  /** The account whose articles are seen where not all are. */
  owner: number | null;
  /** A token that is limited to categories sees what is filed under one of them. */
  within: readonly number[] | null;
}

/** Which articles a caller may change, and who that is. */
export interface WriteScope {
  writesAll: boolean;
  draftsOnly: boolean;
  owner: number | null;
  /** A token that is limited to categories changes what is filed under these and no others. */
  within: readonly number[] | null;
  actor: Actor;
}

export const readScopeOf = (principal: Principal): ReadScope => ({
  seesAll: scopeOf(principal, 'articles.readUnpublished') === 'all',
  owner: scopeOf(principal, 'articles.readUnpublished') === undefined ? null : principal.accountId,
  within: principal.categoryIds,
});

export const writeScopeOf = (principal: Principal): WriteScope => {
  const writes = scopeOf(principal, 'articles.write');
  return {
    writesAll: writes === 'all',
    draftsOnly: writes === 'own drafts',
    owner: writes === undefined ? null : principal.accountId,
    within: principal.categoryIds,
    actor: actorOf(principal),
  };
};

/**
 * Is it a caller's to do with an article what a body asks for? The statements see to whose article it is; this is about
 * what would become of it.
 *
 * @throws Problem `forbidden` naming the field
 */
export function assertCanWrite(
  principal: Principal,
  { publishedAt, categoryIds, authorIds }: Pick<ArticleUpdate, 'publishedAt' | 'categoryIds' | 'authorIds'>,
): void {
  if (publishedAt !== undefined && publishedAt !== null && scopeOf(principal, 'articles.publish') === undefined) {
    throw refusal('publishedAt', `The role ${principal.role} writes drafts: publishedAt must be null.`);
  }
  if (authorIds !== undefined && scopeOf(principal, 'articles.setAuthors') !== 'all') {
    const foreign = authorIds.find((id) => id !== String(principal.authorId));
    if (foreign !== undefined) throw refusal('authorIds', `The author ${foreign} is not the byline of this account.`);
  }
  if (categoryIds !== undefined) assertCategoriesAllowed(principal, categoryIds);
}

/** @throws Problem `forbidden` for a token that is limited to other categories than these */
export function assertCategoriesAllowed({ categoryIds: limit }: Principal, categoryIds: readonly string[]): void {
  if (limit === null) return;
  const outside = categoryIds.find((id) => !limit.includes(Number(id)));
  if (outside !== undefined) throw refusal('categoryIds', `The token is not good for the category ${outside}.`);
  if (categoryIds.length === 0) throw refusal('categoryIds', `The token is good for articles under a category only.`);
}

const refusal = (field: string, detail: string) => fieldProblem('forbidden', `/${field}`, detail);
