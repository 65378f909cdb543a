import { changedBy } from '../../audit/changed-by.ts';
import { recordOfLinkedTables } from '../article-relations.ts';
import { goneLinks } from '../revisions/article-at-revision.ts';
import type { DraftRow } from './drafts.queries.ts';

/** Returns the article as it will be, with the version and the time of the draft. */
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

/** Returns the draft as a response: the article as it will be, with the fields that only drafts have. */
export const draftResponse = (draft: DraftRow) => ({
  ...previewOfDraft(draft),
  baseVersion: draft.baseVersion,
  updatedBy: changedBy(draft),
  gone: goneLinks(draft),
});
