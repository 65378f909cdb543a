import type { Database } from '../../database/database.ts';
import { isConstraintViolation } from '../../database/errors.ts';
import { Problem } from '../../http/problems.ts';
import { listKnownIds } from '../articles.queries.ts';

/** The fields of a body that name other rows, and the foreign keys that refuse a row that is not there. */
const REFERENCES = {
  categoryIds: {
    constraint: 'article_categories_category_id_fkey',
    code: 'unknown_category',
    noun: 'category',
  },
  authorIds: {
    constraint: 'article_authors_author_id_fkey',
    code: 'unknown_author',
    noun: 'author',
  },
} as const;
type Field = keyof typeof REFERENCES;
const FIELDS = Object.keys(REFERENCES) as Field[];

/** Each id once, in its first place. */
export const uniqueIds = (ids: readonly string[]): string[] => [...new Set(ids)];

export type References = { [field in Field]?: readonly string[] | undefined };

/** Names every unknown id when a foreign key refused one of them; nothing was written. */
export async function namingUnknownIds<T>(db: Database, body: References, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (FIELDS.some((field) => isConstraintViolation(error, REFERENCES[field].constraint)))
      await assertIdsExist(db, body);
    throw error;
  }
}

/** @throws Problem `unknown_category` or `unknown_author`, naming every id that is not there */
export async function assertIdsExist(db: Database, body: References) {
  const unknown = (await Promise.all(FIELDS.map((field) => unknownIds(db, field, body[field] ?? [])))).flat();
  const [first] = unknown;
  if (first) throw new Problem(first.code, unknown.map(({ detail }) => detail).join(' '), unknown);
}

async function unknownIds(db: Database, field: Field, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const known = new Set((await listKnownIds(db, field, ids)).rows.map(({ id }) => id));
  const { code, noun } = REFERENCES[field];
  return uniqueIds(ids).flatMap((id) =>
    known.has(id) ? [] : [{ pointer: `/${field}/${ids.indexOf(id)}`, code, detail: `No ${noun} has the id ${id}.` }],
  );
}
