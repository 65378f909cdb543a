import { Problem } from '../http/problems.ts';
import type { IdOrSlug } from '../http/wire.schema.ts';
import type { WriteScope } from './visibility/visibility.ts';

export const articleNotFound = (key: IdOrSlug) =>
  new Problem(
    'not_found',
    'id' in key ? `No article has the id ${key.id}.` : `No article has the slug ${JSON.stringify(key.slug)}.`,
  );

/** An article that does not exist and an article that the caller may not change get the same response. */
export const articleNotWritable = ({ id, scope }: { id: number; scope: WriteScope }) =>
  scope.canWriteAll && scope.allowedCategoryIds === null
    ? articleNotFound({ id })
    : new Problem('not_found', `No article that you can change has the id ${id}.`);
