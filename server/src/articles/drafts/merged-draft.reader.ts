import type { Database } from '../../database/database.ts';
import type { FieldValues } from '../article-fields.ts';
import { RELATION_FIELDS, type RelationField } from '../article-relations.ts';
import { recordOf } from '../record-of.ts';
import { articleAtRevision, type StoredRevision } from '../revisions/article-at-revision.ts';
import { findRevisionOfDraft, type RecordedLink, type RevisionRow } from '../revisions/revisions.queries.ts';
import { type DraftRow, findDraftLinks } from './drafts.queries.ts';
import { type BaseSide, type ConflictChoices, DRAFT_FIELDS, mergeDraft, type Side } from './merge-draft.ts';

type Draft = Pick<DraftRow, 'baseVersion' | 'fields' | 'linked'>;
type Links = Record<RelationField, RecordedLink[]>;

const DRAFT_WINS: ConflictChoices = Object.fromEntries(DRAFT_FIELDS.map((field) => [field, 'draft']));

/** Merges a working draft into the current article. Undefined if the article has been deleted. */
export async function mergeIntoArticle(db: Database, id: number, draft: Draft, prefer: ConflictChoices) {
  const [found] = await findRevisionOfDraft(db, { id, number: draft.baseVersion });
  if (!found) return undefined;
  const article: Side = { fields: found.currentTexts as FieldValues, links: found.currentLinks };
  const draftSide = { fields: draft.fields, links: idsOf(draft.linked) };
  return { article, merged: mergeDraft(draftSide, await baseOf(found), article, prefer) };
}

/**
 * Returns a draft merged with the current article: fields that the draft has not changed have the values of the article. If
 * both have changed a field, it has the value of the draft until a publish decides. Reads nothing while the article has the
 * version that the draft was created from.
 */
export async function mergedDraft(db: Database, draft: DraftRow): Promise<DraftRow> {
  if (draft.articleVersion === draft.baseVersion) return draft;
  const found = await mergeIntoArticle(db, draft.id, draft, DRAFT_WINS);
  if (!found) return draft;
  const { article, merged } = found;
  const ids = recordOf(RELATION_FIELDS, (field) => merged.links[field] ?? article.links[field].map(String));
  const hasOtherLinks = RELATION_FIELDS.some((field) => ids[field].join() !== idsOf(draft.linked)[field].join());
  const rows = hasOtherLinks ? await findDraftLinks(db, ids) : undefined;
  return { ...draft, fields: { ...article.fields, ...merged.columns }, linked: rows?.linked ?? draft.linked };
}

async function baseOf(found: RevisionRow): Promise<BaseSide | null> {
  if (found.number === null) return null;
  const { texts, linked } = await articleAtRevision(found as StoredRevision);
  return { fields: texts, links: idsOf(linked), remainingLinks: idsOf(linked, ({ isGone }) => !isGone) };
}

const idsOf = (linked: Links, isMeant: (link: RecordedLink) => boolean = () => true) =>
  recordOf(RELATION_FIELDS, (field) => linked[field].filter(isMeant).map(({ id }) => id));
