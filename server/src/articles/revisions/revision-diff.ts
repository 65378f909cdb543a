import { FIELD_NAMES, type FieldName } from '../article-fields.ts';
import { RELATION_FIELDS } from '../article-relations.ts';
import { type ArticleAtRevision, statusAtRevision } from './article-at-revision.ts';
import { type DiffPart, diffTexts } from './text-diff.ts';

/** A field that differs: a text as parts, anything else as its two values. Links are ids, in order. */
export type FieldDiff = { field: string; from: Value; to: Value } | { field: string; parts: DiffPart[] };
type Value = string | number[] | null;

const isProse = (field: string) =>
  FIELD_NAMES.includes(field as FieldName) && field !== 'slug' && field !== 'contentFormat';

/**
 * Compares two revisions.
 *
 * @param from null to compare with nothing: for the first revision
 */
export async function diffRevisions(from: ArticleAtRevision | null, to: ArticleAtRevision): Promise<FieldDiff[]> {
  const old = from === null ? {} : valuesOf(from);
  const diffs: FieldDiff[] = [];
  for (const [field, value] of Object.entries(valuesOf(to))) {
    const oldValue = old[field] ?? null;
    if (JSON.stringify(oldValue) === JSON.stringify(value)) continue;
    const hasParts = isProse(field) && typeof oldValue === 'string' && typeof value === 'string';
    diffs.push(hasParts ? { field, parts: await diffTexts(oldValue, value) } : { field, from: oldValue, to: value });
  }
  return diffs.filter(({ field }) => field !== 'status' || from === null || isTrashed(from) !== isTrashed(to));
}

const isTrashed = ({ deletedAt }: ArticleAtRevision) => deletedAt !== null;

/** The fields by the names that `changed` uses. */
const valuesOf = (article: ArticleAtRevision): Record<string, Value> => ({
  ...article.texts,
  publishedAt: article.publishedAt,
  status: statusAtRevision(article),
  ...Object.fromEntries(RELATION_FIELDS.map((field) => [field, article.linked[field].map(({ id }) => id)])),
});
