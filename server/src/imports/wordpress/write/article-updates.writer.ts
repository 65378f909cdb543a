import { lockArticle } from '../../../articles/articles.queries.ts';
import type { Database } from '../../../database/database.ts';
import type { PlannedLink } from '../plan/article-link-plan.ts';
import type { ArticlePart, PlannedArticle } from '../plan/article-plan.ts';
import { appendVersion, splitVersion } from '../plan/digest.ts';
import { formatChange } from '../plan/warnings.ts';
import { abbreviate } from '../report/truncate.ts';
import { type ImportContext, reportWarnings } from './import-context.ts';
import { listImportedArticles, updateDigest } from './imported-rows.queries.ts';
import type { LinkResolver } from './link-resolver.ts';
import type { SlugAllocator } from './slug-allocator.ts';
import { findSlugHolder, listArticleLinks, replaceLinks, updateArticle } from './update-rows.queries.ts';

export type ImportedArticle = Awaited<ReturnType<typeof listImportedArticles>>[number];
type ArticleColumns = Parameters<typeof updateArticle>[2];
type ChangedParts = ReadonlySet<ArticlePart>;

interface Shared {
  links: LinkResolver;
  slugs: SlugAllocator;
  /** The number of links of the written articles; updated here. */
  linkCounts: { categories: number; authors: number };
}

/** The ids of the rows that an article is linked to, in order. */
interface CurrentLinks {
  categoryIds: number[];
  /** The categories that are tags of the site. */
  tagIds: ReadonlySet<number>;
  authorIds: number[];
}

/** Updates articles with the parts that changed in a newer file, and leaves the other parts as they are in Rubric. */
export class ArticleUpdater {
  readonly #db: Database;
  readonly #context: ImportContext;
  readonly #shared: Shared;

  constructor(db: Database, context: ImportContext, shared: Shared) {
    this.#db = db;
    this.#context = context;
    this.#shared = shared;
  }

  /** Returns false if the article was deleted in the meantime. */
  async update(
    article: PlannedArticle,
    { id, key }: ImportedArticle,
    changedParts: readonly ArticlePart[],
  ): Promise<boolean> {
    const { source, report } = this.#context;
    // Waits for a concurrent edit to commit, so that the row read next includes it.
    await lockArticle(this.#db, id);
    const [row] = await listImportedArticles(this.#db, source, [key]);
    if (!row) return false;
    const isEdited = row.version !== splitVersion(row.digest).version;
    const reason = 'also edited in Rubric; the parts that changed in the file were overwritten';
    const changesColumns = changedParts.some((part) => part !== 'addresses');
    if (isEdited && changesColumns) article.warnings.add(reason, abbreviate(article.title));
    const version = await this.#write(article, row, new Set(changedParts), isEdited);
    await updateDigest(this.#db, source, 'article', key, appendVersion(article.digest, version));
    report.update('posts', article.line, changedParts);
    reportWarnings(this.#context, 'posts', article);
    return true;
  }

  /** Returns the version of the article after all writes. */
  async #write(article: PlannedArticle, row: ImportedArticle, parts: ChangedParts, isEdited: boolean): Promise<number> {
    const columns = await this.#columns(article, row, parts);
    // updatedAt is not set back to a time before an edit in Rubric.
    if (parts.has('modified') && !isEdited) columns.updatedAt = article.updatedAt.toISOString();
    const current = await this.#currentLinks(row.id);
    // The row first, because new links copy its listed_at.
    if (Object.keys(columns).length > 0) await updateArticle(this.#db, row.id, columns);
    await this.#replaceCategories(article, row.id, current, parts);
    await this.#replaceAuthors(article, row.id, current, parts);
    // Changes no column, but marks the row as written by this transaction if only its links were.
    const [written] = await updateArticle(this.#db, row.id, {});
    return written?.version ?? 0;
  }

  async #columns(article: PlannedArticle, row: ImportedArticle, parts: ChangedParts): Promise<ArticleColumns> {
    const { title, slug, excerpt, content, publishedAt, deletedAt, createdAt, warnings } = article;
    const isRestored = parts.has('trash') && deletedAt === null && row.deletedAt !== null;
    if (row.deletedAt && !deletedAt && !isRestored)
      warnings.add('in the trash in Rubric; it was not restored', abbreviate(title));
    const isLive = parts.has('trash') ? deletedAt === null : row.deletedAt === null;
    const newSlug = parts.has('slug') ? slug : row.slug;
    const setsSlug = parts.has('slug') || isRestored;
    return {
      ...(parts.has('title') && { title }),
      ...(setsSlug && { slug: isLive ? await this.#availableSlug(newSlug, row.id, article) : newSlug }),
      ...(parts.has('excerpt') && { excerpt }),
      ...(parts.has('content') && { content: content(), contentFormat: 'html' as const }),
      ...(parts.has('state') && { publishedAt: publishedAt && publishedAt.toISOString() }),
      ...(parts.has('trash') && { deletedAt: deletedAt && (row.deletedAt ?? deletedAt) }),
      ...(parts.has('created') && { createdAt: createdAt.toISOString() }),
    };
  }

  async #availableSlug(slug: string, id: number, article: PlannedArticle): Promise<string> {
    let available = article.isSlugReserved && slug === article.slug ? await this.#shared.slugs.allocate(slug) : slug;
    while ((await findSlugHolder(this.#db, available, id)).length > 0)
      available = await this.#shared.slugs.allocate(slug);
    if (available !== slug) article.warnings.add('the slug was already in use', formatChange(slug, available));
    return available;
  }

  async #currentLinks(id: number): Promise<CurrentLinks> {
    const { rows } = await listArticleLinks(this.#db, this.#context.source, id);
    const { categoryIds = [], tagIds = [], authorIds = [] } = rows[0] ?? {};
    return {
      categoryIds: categoryIds.map(Number),
      tagIds: new Set(tagIds.map(Number)),
      authorIds: authorIds.map(Number),
    };
  }

  /** If only tags changed in the file, the categories stay, even if they were edited in Rubric; and vice versa. */
  async #replaceCategories(
    article: PlannedArticle,
    id: number,
    current: CurrentLinks,
    parts: ChangedParts,
  ): Promise<void> {
    const isReplaced = (kind: PlannedLink['kind']) => parts.has(kind === 'tagLinks' ? 'tags' : 'categories');
    const linksInFile = this.#shared.links.termLinksOf(article);
    const idsFromFile = linksInFile
      .filter((link) => isReplaced(link.kind) || current.categoryIds.includes(link.id))
      .map((link) => link.id);
    const keptIds = current.categoryIds.filter(
      (categoryId) =>
        !idsFromFile.includes(categoryId) && !isReplaced(current.tagIds.has(categoryId) ? 'tagLinks' : 'categoryLinks'),
    );
    const ids = [...idsFromFile, ...keptIds];
    const hasChanged = isReplaced('tagLinks') || isReplaced('categoryLinks');
    if (hasChanged) await replaceLinks(this.#db, 'categories', id, ids);
    for (const link of linksInFile) {
      const isNew = isReplaced(link.kind) && !current.categoryIds.includes(link.id);
      this.#context.report.count(link.kind, isNew ? 'created' : 'unchanged');
    }
    const removed = hasChanged ? current.categoryIds.filter((categoryId) => !ids.includes(categoryId)).length : 0;
    if (removed > 0)
      article.warnings.add('category links that the file no longer has were removed', `${removed} removed`);
    this.#shared.linkCounts.categories += hasChanged ? ids.length : current.categoryIds.length;
  }

  async #replaceAuthors(
    article: PlannedArticle,
    id: number,
    current: CurrentLinks,
    parts: ChangedParts,
  ): Promise<void> {
    const hasChanged = parts.has('authors');
    const idsFromFile = this.#shared.links.authorIdsOf(article);
    if (hasChanged) await replaceLinks(this.#db, 'authors', id, idsFromFile);
    for (const authorId of idsFromFile) {
      const isNew = hasChanged && !current.authorIds.includes(authorId);
      this.#context.report.count('authorLinks', isNew ? 'created' : 'unchanged');
    }
    this.#shared.linkCounts.authors += (hasChanged ? idsFromFile : current.authorIds).length;
  }
}
