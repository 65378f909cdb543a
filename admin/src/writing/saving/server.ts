import {
  type Article,
  type ArticleCreate,
  createArticle,
  type Draft,
  discardWorkingDraft,
  getArticle,
  getWorkingDraft,
  ifUnchanged,
  isProblem,
  saveWorkingDraft,
  updateArticle,
} from '@rubric/client';
import { type ArticleBody, bodyOf, differences, type FieldName, fieldsOf } from './fields.ts';
import type { Stored } from './machine.ts';

/** An article as a writer has it: with its working draft, where it is live. */
export interface Opened {
  article: Article;
  draft: Draft | null;
}

export async function open(id: number, signal?: AbortSignal): Promise<Opened> {
  const article = await getArticle({ path: { idOrSlug: String(id) }, ...(signal && { signal }) });
  if (!article.hasDraft) return { article, draft: null };
  const draft = await draftOf(id, signal);
  return article.status === 'published' || !draft
    ? { article, draft }
    : { article: await moveDraft(article, draft), draft: null };
}

const draftOf = (id: number, signal?: AbortSignal): Promise<Draft | null> =>
  getWorkingDraft({ path: { id }, ...(signal && { signal }) }).catch((error: unknown) => {
    if (isProblem(error, 'not_found', 'forbidden')) return null;
    throw error;
  });

const WORDS: readonly FieldName[] = ['title', 'excerpt', 'content', 'contentFormat'];

/**
 * Readers do not see the article any more, so it is changed itself: what was in its working draft goes there. Done with each
 * read, and not with the request that hides the article: somebody else may have hidden it, or the connection may have broken.
 */
async function moveDraft(article: Article, draft: Draft): Promise<Article> {
  const fields = fieldsOf(draft);
  const names = differences(fieldsOf(article), fields);
  const update = async (some: readonly FieldName[]) =>
    some.length === 0 ? article : updateArticle({ ...ifUnchanged(article), body: bodyOf(fields, some) });
  try {
    // A category may have been deleted, and the address may be taken: the words are kept without them.
    const moved = await update(names).catch((error: unknown) => {
      if (!isProblem(error, 'forbidden', 'slug_taken', 'unknown_category', 'unknown_author')) throw error;
      return update(names.filter((name) => WORDS.includes(name)));
    });
    await discardDraft(draft);
    return moved;
  } catch (error) {
    // Somebody who can only read sees the article as it is.
    if (isProblem(error, 'forbidden')) return article;
    throw error;
  }
}

/** Throws a working draft away, unless somebody has written in it since this version. */
export async function discardDraft({ id, version }: { id: number; version: number }) {
  const headers = { 'If-Match': `"${version}"` };
  await discardWorkingDraft({ path: { id }, headers }).catch((error: unknown) => {
    if (!isProblem(error, 'not_found')) throw error;
  });
}

/** What of an article is changed by writing: its working draft, if it is or can be one. */
export function storedOf({ article, draft }: Partial<Opened>): Stored {
  if (draft) {
    const { id, version } = draft;
    return { target: { kind: 'draft', id, version, exists: true }, fields: fieldsOf(draft), at: draft.updatedAt };
  }
  if (!article) throw new Error('Neither an article nor its draft');
  const { id, version, updatedAt: at, publishedAt: due } = article;
  const isLive = article.status === 'published';
  const target = isLive
    ? { kind: 'draft' as const, id, version, exists: false }
    : { kind: 'article' as const, id, version, due };
  return { target, fields: fieldsOf(article), at };
}

/** Saves fields where they belong. A published article is never touched: its working draft is. */
export async function save({ target }: Stored, body: ArticleBody): Promise<Partial<Opened>> {
  if (target.kind === 'new') throw new Error('A new article has to be created first.');
  const options = { path: { id: target.id }, headers: { 'If-Match': `"${target.version}"` }, body };
  return target.kind === 'article'
    ? { article: await updateArticle(options), draft: null }
    : { draft: await saveWorkingDraft(options) };
}

/** Creates a draft. The same key and body make it once, however often they are sent. */
export async function create(key: string, body: ArticleBody): Promise<Article> {
  return createArticle({ headers: { 'Idempotency-Key': key }, body: { ...body, publishedAt: null } as ArticleCreate });
}
