import type { Principal } from '../../access/principal.ts';
import type { Database } from '../../database/database.ts';
import { withRetry } from '../../database/retry.ts';
import { assertVersion } from '../../http/conditional-requests.ts';
import { fieldProblems } from '../../http/problems.ts';
import type { FieldValues } from '../article-fields.ts';
import { articleNotWritable } from '../article-problems.ts';
import { ARTICLE_RELATIONS, RELATION_FIELDS, type RelationField } from '../article-relations.ts';
import type { RecordedLink } from '../revisions/revisions.queries.ts';
import { assertCanWrite } from '../visibility/visibility.ts';
import type { ArticleWrite } from '../writes/locked-write.queries.ts';
import { hasLinkToNothing } from '../writes/unknown-ids.reader.ts';
import { updateArticle } from '../writes/update-article.queries.ts';
import { draftConflict, draftNotFound, notPublished } from './draft-problems.ts';
import type { ConflictChoices, MergedDraft } from './merge-draft.ts';
import { mergeIntoArticle } from './merged-draft.reader.ts';
import { deletePublishedDraft, lockArticleOfDraft, lockDraft } from './publish-draft.queries.ts';

type Draft = Omit<Awaited<ReturnType<typeof lockDraft>>[number], 'fields'> & {
  fields: FieldValues;
  articleVersion: number;
};
type Links = Record<RelationField, RecordedLink[]>;

/**
 * Publishes a working draft in one transaction: readers get the article before or after it, and no reader waits. Runs again
 * if a linked row is deleted between the statement that reads and the one that writes.
 *
 * @throws Problem; the draft stays
 */
export const publishDraft = (db: Database, write: ArticleWrite, prefer: ConflictChoices, principal: Principal) =>
  withRetry(
    () =>
      db.transaction(async (tx) => {
        const draft = await lockBoth(tx, write);
        const merged = (await mergeIntoArticle(tx, write.id, draft, prefer))?.merged;
        if (!merged) throw articleNotWritable(write);
        if (merged.conflicts.length > 0) throw draftConflict(merged.conflicts, draft.baseVersion);
        assertLinksExist(draft.linked, merged);
        assertCanWrite(principal, merged.links);
        await writeMerged(tx, write, draft, merged);
        await deletePublishedDraft(tx, write.id);
      }),
    hasLinkToNothing,
  );

/** Locks the article and its draft, so that no other write changes them before the transaction ends. */
async function lockBoth(tx: Database, write: ArticleWrite): Promise<Draft> {
  const [article] = await lockArticleOfDraft(tx, write.id, write.scope);
  if (!article) throw articleNotWritable(write);
  if (!article.isPublished) throw notPublished(write.id);
  const [draft] = await lockDraft(tx, write.id);
  if (!draft) throw draftNotFound(write.id);
  assertVersion(write.expectedVersions, draft.version);
  return { ...draft, fields: draft.fields as FieldValues, articleVersion: article.version };
}

/** @throws Problem such as `unknown_category` with each row that has been deleted since the draft linked to it */
function assertLinksExist(linked: Links, { links }: MergedDraft) {
  const errors = RELATION_FIELDS.filter((field) => links[field] !== undefined).flatMap((field) => {
    const { unknownCode: code, noun } = ARTICLE_RELATIONS[field];
    return linked[field].flatMap(({ id, name, isGone }, index) => {
      const detail = `The ${noun} ${id}, ${JSON.stringify(name)}, has been deleted.`;
      return isGone ? [{ pointer: `/${field}/${index}`, code, detail }] : [];
    });
  });
  const [first] = errors;
  if (first) throw fieldProblems(first.code, errors);
}

/**
 * If nothing differs, the article keeps its version. A later version of the article can then equal a version of the draft,
 * as it can after a draft was discarded.
 */
async function writeMerged(tx: Database, { id, scope }: ArticleWrite, draft: Draft, { columns, links }: MergedDraft) {
  if (Object.keys({ ...columns, ...links }).length === 0) return;
  const actor = { ...scope.actor, revisionKind: 'publish' as const };
  // The article gets a version above every version of the draft: clients that do not know of the publish still hold a
  // version of the draft, which must not match the article. If only links change, their trigger raises the version once
  // more.
  const version = draft.version + (Object.keys(columns).length === 0 ? 0 : 1);
  const changes = { columns: version > draft.articleVersion ? { ...columns, version } : columns, links };
  await updateArticle(tx, { id, expectedVersions: undefined, scope: { ...scope, actor } }, changes);
}
