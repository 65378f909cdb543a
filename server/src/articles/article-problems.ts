import { notFound } from '../http/not-found.ts';
import { Problem } from '../http/problems.ts';
import type { WriteScope } from './visibility/visibility.ts';

/** An article that does not exist and an article that the caller may not change get the same response. */
export const articleNotWritable = ({ id, scope }: { id: number; scope: WriteScope }) =>
  scope.canWriteAll && scope.allowedCategoryIds === null
    ? notFound('article', { id })
    : new Problem('not_found', `No article that you can change has the id ${id}.`);
