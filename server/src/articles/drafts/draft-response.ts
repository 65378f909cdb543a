import { changedBy } from '../../audit/changed-by.ts';
import { recordOfLinkedTables } from '../article-relations.ts';
import { goneLinks } from '../revisions/article-at-revision.ts';
import type { DraftRow } from './drafts.queries.ts';

/** Returns the article as it will be. Its version and its time are those of the draft. */
export const previewOfDraft = ({
  id,
  fields,
  status,
  publishedAt,
  createdAt,
  updatedAt,
  version,
  linked,
}: DraftRow) => ({
  id,
  ...fields,
  status,
  publishedAt,
  createdAt,
  updatedAt,
  version,
  ...recordOfLinkedTables((field) =>
    linked[field].filter(({ isGone }) => !isGone).map(({ id: linkedId, name, slug }) => ({ id: linkedId, name, slug })),
  ),
});

/** Returns the same with what only concerns the draft. */
export const draftResponse = (draft: DraftRow) => ({
  ...previewOfDraft(draft),
  baseVersion: draft.baseVersion,
  updatedBy: changedBy(draft),
  gone: goneLinks(draft),
});
