import { fieldProblems, Problem } from '../../http/problems.ts';
import type { DraftField } from './merge-draft.ts';

export const draftNotFound = (id: number) => new Problem('not_found', `The article ${id} has no working draft.`);

export const notPublished = (id: number) =>
  new Problem('not_published', `The article ${id} is not published. Change the article itself.`);

export function draftConflict(fields: readonly DraftField[], baseVersion: number) {
  const errors = fields.map((field) => ({
    pointer: `/${field}`,
    code: 'draft_conflict',
    detail: `The article and its working draft have changed ${field} to different values since version ${baseVersion}.`,
  }));
  return fieldProblems('draft_conflict', errors);
}
