import { FIELD_NAMES, type FieldValues } from '../article-fields.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS, type RelationField, recordOfLinkedTables } from '../article-relations.ts';
import type { ArticleStatus } from '../articles.schema.ts';
import { recordOf } from '../record-of.ts';
import type { RecordedLink, RevisionRow, TextBefore } from './revisions.queries.ts';
import { unpackText } from './storage/packed-texts.ts';

/** A revision that exists. */
export type StoredRevision = RevisionRow & { number: number; at: Date };

/** The article as a revision left it, in the form that responses and comparisons are made from. */
export interface ArticleAtRevision
  extends Pick<StoredRevision, 'id' | 'createdAt' | 'number' | 'at' | 'publishedAt' | 'deletedAt'> {
  texts: FieldValues;
  linked: Record<RelationField, RecordedLink[]>;
}

/** The text of a field is the one before the first later change of the field; without a later change, the current one. */
export async function articleAtRevision(revision: StoredRevision): Promise<ArticleAtRevision> {
  const before = new Map(revision.textsBefore?.map((each) => [each.field, each]));
  const texts = await Promise.all(
    FIELD_NAMES.map(async (field) => {
      const text = before.get(field);
      return [field, text === undefined ? revision.currentTexts[field] : await textOf(text)];
    }),
  );
  return {
    ...revision,
    texts: Object.fromEntries(texts) as FieldValues,
    linked: recordOf(RELATION_FIELDS, (field) => revision.recordedLinks[field] ?? []),
  };
}

async function textOf({ text, packed, dictionary }: TextBefore) {
  if (packed === null) return text;
  const bytes = (value: string) => Buffer.from(value, 'base64');
  return unpackText(bytes(packed), dictionary === null ? undefined : bytes(dictionary));
}

/** Returns the status that the article had right after the change. */
export function statusAtRevision({ publishedAt, deletedAt, at }: ArticleAtRevision): ArticleStatus {
  if (deletedAt !== null) return 'trashed';
  if (publishedAt === null) return 'draft';
  return new Date(publishedAt) > at ? 'scheduled' : 'published';
}

/** Returns the article as a response shows it. Its version is the number of the revision. */
export const articleResponse = (article: ArticleAtRevision) => ({
  id: article.id,
  ...article.texts,
  status: statusAtRevision(article),
  publishedAt: article.publishedAt,
  createdAt: article.createdAt,
  updatedAt: article.at,
  version: article.number,
  ...recordOfLinkedTables((field) => article.linked[field].map(({ id, name, slug }) => ({ id, name, slug }))),
});

/** Returns the links to rows that have been deleted since. */
export const goneLinks = ({ linked }: Pick<ArticleAtRevision, 'linked'>) =>
  RELATION_FIELDS.flatMap((field) =>
    linked[field]
      .filter(({ isGone }) => isGone)
      .map(({ id, name }) => ({ type: ARTICLE_RELATIONS[field].noun, id, name })),
  );
