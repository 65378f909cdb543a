import { lockArticle } from '../../../articles/articles.queries.ts';
import type { Database } from '../../../database/database.ts';
import type { ArticlePart, PlannedArticle, PlannedLink } from '../plan/article-plan.ts';
import { splitVersion, withVersion } from '../plan/digest.ts';
import { brief, changed } from '../report/warnings.ts';
import type { ImportRun } from './import-context.ts';
import { enterNotes } from './import-context.ts';
import type { ArticleLinks } from './link-resolver.ts';
import type { FreeSlugs } from './slug-allocator.ts';
import {
  findSlugHolder,
  listImportedArticles,
  listLinks,
  replaceLinks,
  updateArticle,
  updateDigest,
} from './update-rows.queries.ts';

export type KnownArticle = Awaited<ReturnType<typeof listImportedArticles>>[number];
type Columns = Parameters<typeof updateArticle>[2];
type Parts = ReadonlySet<ArticlePart>;

interface Shared {
  links: ArticleLinks;
  slugs: FreeSlugs;
  /** Counts the links that the articles written here have in the end. */
  written: { categories: number; authors: number };
}

/** The ids that an article has links to, in their order. */
interface Linked {
  categories: number[];
  /** Those of the categories that are tags of the site. */
  tags: ReadonlySet<number>;
  authors: number[];
}

/** Brings articles up to what a newer file says of them: the parts that it says differently, and no others. */
export class ArticleChanges {
  readonly #db: Database;
  readonly #run: ImportRun;
  readonly #shared: Shared;

  constructor(db: Database, run: ImportRun, shared: Shared) {
    this.#db = db;
    this.#run = run;
    this.#shared = shared;
  }

  /** False when there is no such article any more. */
  async apply(article: PlannedArticle, { id, key }: KnownArticle, changes: readonly ArticlePart[]): Promise<boolean> {
    const { source, ledger } = this.#run;
    // Whoever edits it now is waited for, so that the edit is seen.
    await lockArticle(this.#db, id);
    const [row] = await listImportedArticles(this.#db, source, [key]);
    if (!row) return false;
    const isEdited = row.version !== splitVersion(row.digest).version;
    const said = 'changed in Rubric as well; of what changed in the file, the file counts';
    if (isEdited) article.notes.add(said, brief(article.title));
    const version = await this.#write(article, row, new Set(changes), isEdited);
    await updateDigest(this.#db, source, 'article', key, withVersion(article.digest, version));
    ledger.update('posts', article.line, changes);
    enterNotes(this.#run, 'posts', article);
    return true;
  }

  /** Gives the version after all of it. */
  async #write(article: PlannedArticle, row: KnownArticle, parts: Parts, isEdited: boolean): Promise<number> {
    const columns = await this.#columns(article, row, parts);
    // The time of the last change is not set back to before an edit.
    if (parts.has('modified') && !isEdited) columns.updatedAt = article.updatedAt.toISOString();
    const had = await this.#linkedOf(row.id);
    // The row first, since links take over when it is listed. Where links alone change it is their triggers that raise
    // the version, which they do for a row that this transaction has not written yet.
    if (Object.keys(columns).length > 0) await updateArticle(this.#db, row.id, columns);
    await this.#replaceCategories(article, row.id, had, parts);
    await this.#replaceAuthors(article, row.id, had, parts);
    // A change of nothing, which marks the row as written where only links were.
    const [written] = await updateArticle(this.#db, row.id, {});
    return written?.version ?? 0;
  }

  async #columns(article: PlannedArticle, row: KnownArticle, parts: Parts): Promise<Columns> {
    const { title, slug, excerpt, content, publishedAt, deletedAt, createdAt, notes } = article;
    const isRestored = parts.has('trash') && deletedAt === null && row.deletedAt !== null;
    if (row.deletedAt && !deletedAt && !isRestored) notes.add('in the trash in Rubric, where it stays', brief(title));
    const isLive = parts.has('trash') ? deletedAt === null : row.deletedAt === null;
    const wanted = parts.has('slug') ? slug : row.slug;
    const isReplaced = parts.has('slug') || isRestored;
    return {
      ...(parts.has('title') && { title }),
      ...(isReplaced && { slug: isLive ? await this.#freeSlug(wanted, row.id, article) : wanted }),
      ...(parts.has('excerpt') && { excerpt }),
      ...(parts.has('content') && { content: content(), contentFormat: 'html' as const }),
      ...(parts.has('state') && { publishedAt: publishedAt && publishedAt.toISOString() }),
      ...(parts.has('trash') && { deletedAt: deletedAt && (row.deletedAt ?? deletedAt) }),
      ...(parts.has('created') && { createdAt: createdAt.toISOString() }),
    };
  }

  async #freeSlug(slug: string, id: number, { notes }: PlannedArticle): Promise<string> {
    let free = slug;
    while ((await findSlugHolder(this.#db, free, id)).length > 0) free = await this.#shared.slugs.take(slug);
    if (free !== slug) notes.add('the slug was taken', changed(slug, free));
    return free;
  }

  async #linkedOf(id: number): Promise<Linked> {
    const { rows } = await listLinks(this.#db, this.#run.source, id);
    const { categoryIds = [], tagIds = [], authorIds = [] } = rows[0] ?? {};
    return { categories: categoryIds.map(Number), tags: new Set(tagIds.map(Number)), authors: authorIds.map(Number) };
  }

  /** Where only the tags changed the categories stay, and the other way round, even if they were changed in Rubric. */
  async #replaceCategories(article: PlannedArticle, id: number, had: Linked, parts: Parts): Promise<void> {
    const isOpen = (kind: PlannedLink['kind']) => parts.has(kind === 'tagLinks' ? 'tags' : 'categories');
    const inFile = this.#shared.links.of(article);
    const fromFile = inFile
      .filter((link) => isOpen(link.kind) || had.categories.includes(link.id))
      .map((link) => link.id);
    const kept = had.categories.filter(
      (each) => !fromFile.includes(each) && !isOpen(had.tags.has(each) ? 'tagLinks' : 'categoryLinks'),
    );
    const ids = [...fromFile, ...kept];
    const hasChanged = isOpen('tagLinks') || isOpen('categoryLinks');
    if (hasChanged) await replaceLinks(this.#db, 'categories', id, ids);
    for (const link of inFile) {
      const isNew = isOpen(link.kind) && !had.categories.includes(link.id);
      this.#run.ledger.add(link.kind, isNew ? 'created' : 'unchanged');
    }
    const gone = hasChanged ? had.categories.filter((each) => !ids.includes(each)).length : 0;
    if (gone > 0) article.notes.add('is no longer filed under what the file no longer has', `${gone} gone`);
    this.#shared.written.categories += hasChanged ? ids.length : had.categories.length;
  }

  async #replaceAuthors(article: PlannedArticle, id: number, had: Linked, parts: Parts): Promise<void> {
    const hasChanged = parts.has('authors');
    const wanted = this.#shared.links.authorIdsOf(article);
    if (hasChanged) await replaceLinks(this.#db, 'authors', id, wanted);
    const isNew = hasChanged && !wanted.every((author) => had.authors.includes(author));
    if (article.author !== null) this.#run.ledger.add('authorLinks', isNew ? 'created' : 'unchanged');
    this.#shared.written.authors += (hasChanged ? wanted : had.authors).length;
  }
}
