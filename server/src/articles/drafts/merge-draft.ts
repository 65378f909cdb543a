import { FIELD_NAMES, type FieldName, type FieldValues } from '../article-fields.ts';
import { RELATION_FIELDS, type RelationField, type RequestedIds } from '../article-relations.ts';

export type DraftField = FieldName | RelationField;
export const DRAFT_FIELDS: readonly DraftField[] = [...FIELD_NAMES, ...RELATION_FIELDS];

/** For fields that the draft has changed: whether the article gets the value of the draft or keeps its own. */
export type ConflictChoices = { [field in DraftField]?: 'draft' | 'article' | undefined };

/** One side of a merge: the fields, and the ids of the linked rows in order. */
export interface Side {
  fields: FieldValues;
  links: Record<RelationField, number[]>;
}

/** The article from which the draft was created. */
export interface BaseSide extends Side {
  /** The links without those to rows that have been deleted since: a deletion does not count as a change of the article. */
  remainingLinks: Record<RelationField, number[]>;
}

export interface MergedDraft {
  /** The values that change in the article. */
  columns: Partial<FieldValues>;
  links: RequestedIds;
  /** The fields that both sides have changed to different values and `prefer` does not decide. */
  conflicts: DraftField[];
}

type Value = string | null | readonly number[];
const isSame = (a: Value, b: Value) => JSON.stringify(a) === JSON.stringify(b);

/** @param unchanged the values that do not count as a change */
function choose(draft: Value, unchanged: readonly Value[], article: Value, preferred: 'draft' | 'article' | undefined) {
  const isUnchanged = (value: Value) => unchanged.some((each) => isSame(each, value));
  if (isSame(draft, article) || isUnchanged(draft)) return 'article';
  return preferred ?? (isUnchanged(article) ? 'draft' : 'conflict');
}

/**
 * Merges a working draft into its article, field by field; a list of links is one field. The article keeps its value of a
 * field that the draft has not changed since the base. Pure.
 *
 * @param base null if it is not known: then each field that differs is a conflict
 */
export function mergeDraft(draft: Side, base: BaseSide | null, article: Side, prefer: ConflictChoices): MergedDraft {
  const merged: MergedDraft = { columns: {}, links: {}, conflicts: [] };
  for (const name of FIELD_NAMES) {
    const unchanged = base === null ? [] : [base.fields[name]];
    const choice = choose(draft.fields[name], unchanged, article.fields[name], prefer[name]);
    if (choice === 'draft') Object.assign(merged.columns, { [name]: draft.fields[name] });
    if (choice === 'conflict') merged.conflicts.push(name);
  }
  for (const field of RELATION_FIELDS) {
    const unchanged = base === null ? [] : [base.links[field], base.remainingLinks[field]];
    const choice = choose(draft.links[field], unchanged, article.links[field], prefer[field]);
    if (choice === 'draft') merged.links[field] = draft.links[field].map(String);
    if (choice === 'conflict') merged.conflicts.push(field);
  }
  return merged;
}
