import {
  type Article,
  type ArticleCreate,
  createArticle,
  type Draft,
  getArticle,
  getWorkingDraft,
  isProblem,
  saveWorkingDraft,
  updateArticle,
} from '@rubric/client';
import { type ArticleBody, fieldsOf } from './fields.ts';
import type { Stored } from './machine.ts';

/** An article as a writer has it: with its working draft, where it is live. */
export interface Opened {
  article: Article;
  draft: Draft | null;
}

export async function open(id: number, signal?: AbortSignal): Promise<Opened> {
  const article = await getArticle({ path: { idOrSlug: String(id) }, ...(signal && { signal }) });
  if (article.status !== 'published') return { article, draft: null };
  try {
    return { article, draft: await getWorkingDraft({ path: { id }, ...(signal && { signal }) }) };
  } catch (error) {
    if (isProblem(error, 'not_found', 'forbidden')) return { article, draft: null };
    throw error;
  }
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
