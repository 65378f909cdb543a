import type { Database } from '../../database/database.ts';
import { isConstraintViolation } from '../../database/errors.ts';
import { fieldProblem, fieldProblems } from '../../http/problems.ts';
import {
  ARTICLE_RELATIONS,
  RELATION_FIELDS,
  type RelationField,
  type RequestedIds,
  uniqueIds,
} from '../article-relations.ts';
import { listExistingIds } from '../articles.queries.ts';

/**
 * Runs a write. If a foreign key rejects it, looks up which ids do not exist. Nothing is checked before the write: the
 * foreign key is the check, and a valid request costs no extra query.
 *
 * @throws Problem such as `unknown_category` with every unknown id; nothing was written
 */
export async function reportUnknownIds<T>(db: Database, requested: RequestedIds, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const field = RELATION_FIELDS.find((each) => isLinkToNothing(error, each));
    if (field === undefined) throw error;
    await assertIdsExist(db, requested);
    // The unknown id is the byline of the caller, or its row has been created since.
    const { unknownCode, noun } = ARTICLE_RELATIONS[field];
    throw fieldProblem(unknownCode, `/${field}`, `A linked ${noun} does not exist.`);
  }
}

const isLinkToNothing = (error: unknown, field: RelationField) =>
  isConstraintViolation(error, ARTICLE_RELATIONS[field].foreignKey);

/** Returns whether PostgreSQL rejected a write because a linked row does not exist. */
export const hasLinkToNothing = (error: unknown) => RELATION_FIELDS.some((field) => isLinkToNothing(error, field));

/**
 * @param allowed ids that need not exist
 * @throws Problem such as `unknown_category` with every id that does not exist
 */
export async function assertIdsExist(db: Database, requested: RequestedIds, allowed: RequestedIds = {}) {
  const errors = (
    await Promise.all(
      RELATION_FIELDS.map((field) => findUnknownIds(db, field, requested[field] ?? [], allowed[field] ?? [])),
    )
  ).flat();
  const [first] = errors;
  if (first) throw fieldProblems(first.code, errors);
}

/** Returns a field error for each id that does not exist, with a pointer to its first occurrence. */
async function findUnknownIds(db: Database, field: RelationField, ids: readonly string[], allowed: readonly string[]) {
  if (ids.length === 0) return [];
  const { rows } = await listExistingIds(db, ARTICLE_RELATIONS[field].table, ids);
  const existing = new Set([...rows.map(({ id }) => id), ...allowed]);
  const { unknownCode: code, noun } = ARTICLE_RELATIONS[field];
  return uniqueIds(ids)
    .filter((id) => !existing.has(id))
    .map((id) => ({ pointer: `/${field}/${ids.indexOf(id)}`, code, detail: `No ${noun} has the id ${id}.` }));
}
