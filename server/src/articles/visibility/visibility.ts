import { actorOf, type Principal, scopeOf } from '../../access/principal.ts';
import type { Actor } from '../../database/actor.ts';
import { fieldProblem, Problem } from '../../http/problems.ts';
import type { RequestedIds } from '../article-relations.ts';
import type { ArticleUpdate } from '../articles.schema.ts';

/** The unpublished articles that a caller can read: the values of the placeholders in `canReadUnpublished`. */
export interface ReadScope {
  canReadAll: boolean;
  /** The account that reads its own articles; null for a caller that has no account or may not read unpublished articles. */
  ownerId: number | null;
  /** The categories that the caller's token is limited to; null without a limit. */
  allowedCategoryIds: readonly number[] | null;
  /** Whether the caller sees the working drafts of the articles that it can read unpublished. */
  seesWorkingDrafts: boolean;
}

/**
 * The articles that a caller can change (the values of the placeholders in `isWritable`), and the actor for the audit log.
 */
export interface WriteScope {
  canWriteAll: boolean;
  /** The caller changes its own articles only while they are drafts. */
  isLimitedToDrafts: boolean;
  ownerId: number | null;
  allowedCategoryIds: readonly number[] | null;
  actor: Actor;
}

export const readScopeOf = (principal: Principal): ReadScope => {
  const scope = scopeOf(principal, 'articles.readUnpublished');
  return {
    canReadAll: scope === 'all',
    ownerId: scope === undefined ? null : principal.accountId,
    allowedCategoryIds: principal.categoryIds,
    seesWorkingDrafts: scopeOf(principal, 'articles.readWorkingDrafts') !== undefined,
  };
};

export const writeScopeOf = (principal: Principal): WriteScope => {
  const scope = scopeOf(principal, 'articles.write');
  return {
    canWriteAll: scope === 'all',
    isLimitedToDrafts: scope === 'own drafts',
    ownerId: scope === undefined ? null : principal.accountId,
    allowedCategoryIds: principal.categoryIds,
    actor: actorOf(principal),
  };
};

/** Removes `hasDraft` from the row of an article whose working draft the caller cannot see: there it is null. */
export function withoutUnseenDraft<Row extends { hasDraft?: boolean | null }>(row: Row): Row {
  if (row.hasDraft !== null) return row;
  const { hasDraft: _, ...rest } = row;
  return rest as Row;
}

/**
 * Checks that the role of the caller can see working drafts, for a request that asks for them explicitly.
 *
 * @throws Problem `unauthorized` or `forbidden`
 */
export function assertSeesWorkingDrafts(principal: Principal, parameter: 'hasDraft' | 'fields'): void {
  if (readScopeOf(principal).seesWorkingDrafts) return;
  if (principal.role === null) throw new Problem('unauthorized', 'Seeing working drafts requires authentication.');
  throw forbidden(parameter, `The role ${principal.role} cannot see working drafts.`);
}

/**
 * Checks that the caller may set the fields of a request to these values. Whether the caller may change the article at all
 * is a condition of the statement that writes it (`isWritable`), so no other writer can get in between.
 *
 * @throws Problem `forbidden` with the field
 */
export function assertCanWrite(
  principal: Principal,
  { publishedAt, categoryIds, authorIds }: Pick<ArticleUpdate, 'publishedAt'> & RequestedIds,
): void {
  if (publishedAt !== undefined && publishedAt !== null && scopeOf(principal, 'articles.publish') === undefined) {
    throw forbidden('publishedAt', `The role ${principal.role} can only write drafts: publishedAt must be null.`);
  }
  const foreignId = foreignAuthorId(principal, authorIds ?? []);
  if (foreignId !== undefined) {
    throw forbidden('authorIds', `The author ${foreignId} is not the byline of this account.`);
  }
  if (categoryIds !== undefined) assertCategoriesAllowed(principal, categoryIds);
}

/** Returns the first of these authors that the caller may not set. */
export const foreignAuthorId = (principal: Principal, authorIds: readonly string[]): string | undefined =>
  scopeOf(principal, 'articles.setAuthors') === 'all'
    ? undefined
    : authorIds.find((id) => id !== String(principal.authorId));

/**
 * Checks the categories of an article against the limit of the caller's token: at least one, and all of them allowed.
 *
 * @throws Problem `forbidden`
 */
export function assertCategoriesAllowed({ categoryIds: allowed }: Principal, categoryIds: readonly string[]): void {
  if (allowed === null) return;
  const forbiddenId = categoryIds.find((id) => !allowed.includes(Number(id)));
  if (forbiddenId !== undefined) {
    throw forbidden('categoryIds', `The token is not valid for the category ${forbiddenId}.`);
  }
  if (categoryIds.length === 0) {
    throw forbidden('categoryIds', 'The token is limited to categories: the article must keep at least one of them.');
  }
}

const forbidden = (field: string, detail: string) => fieldProblem('forbidden', `/${field}`, detail);
