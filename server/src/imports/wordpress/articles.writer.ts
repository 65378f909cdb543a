import { listSlugsLike } from '../../articles/articles.queries.ts';
import type { Database } from '../../database/database.ts';
import type { ArticlePart, PlannedArticle } from './article-plan.ts';
import { ARTICLE_PARTS } from './article-plan.ts';
import { changedParts, splitVersion, withPartOf, withVersion } from './digest.ts';
import { FreeSlugs } from './free-slugs.ts';
import type { ImportRun } from './import-run.ts';
import { byKey, enterNotes, NO_TAGS } from './import-run.ts';
import { insertAll } from './insert-all.ts';
import { changed } from './notes.ts';
import {
  findSlugHolder,
  listImportedArticles,
  listLinks,
  replaceLinks,
  updateArticle,
  updateDigest,
} from './wordpress.queries.ts';
import type { NewArticle } from './wordpress-inserts.queries.ts';
import { insertArticles } from './wordpress-inserts.queries.ts';

type KnownArticle = Awaited<ReturnType<typeof listImportedArticles>>[number];
type Ids = ReadonlyMap<string, number>;
type Columns = Parameters<typeof updateArticle>[2];

const TAGS_PLACE = ARTICLE_PARTS.indexOf('tags');
/** Of an article and its links inserted by one statement. */
const FIRST_VERSION = 1;

/**
 * Writes articles and their links, a batch at a time.
 *
 * What a file says of an article is compared with what an earlier file said, and not with the row: an article that was
 * edited in Rubric stays as it was edited until the file changes, and then the parts that changed in the file are taken
 * from the file, and no others. One that was put into the trash in Rubric stays there. One that was deleted for good is
 * forgotten, and comes back; whoever wants it to stay away leaves it in the trash.
 */
export class ArticleWriter {
  /** How many links the articles that were written have now. */
  readonly links = { categories: 0, authors: 0 };
  readonly #db: Database;
  readonly #run: ImportRun;
  readonly #authors: Ids;
  readonly #terms: Ids;
  readonly #slugs: FreeSlugs;

  constructor(db: Database, run: ImportRun, ids: { authors: Ids; terms: Ids }) {
    this.#db = db;
    this.#run = run;
    this.#authors = ids.authors;
    this.#terms = ids.terms;
    this.#slugs = new FreeSlugs((stem) => listSlugsLike(db, stem));
  }

  async write(articles: readonly PlannedArticle[]): Promise<void> {
    const keys = articles.map(({ key }) => key);
    const known = byKey(await listImportedArticles(this.#db, this.#run.source, keys));
    for (const article of articles) this.#leaveOut(article);
    await this.#create(articles.filter(({ key }) => !known.has(key)));
    for (const article of articles) {
      const row = known.get(article.key);
      if (row) await this.#settle(article, row);
    }
  }

  #leaveOut({ leftOut, links }: PlannedArticle): void {
    const { ledger, tags } = this.#run;
    for (const { kind, line, reason, detail } of leftOut) ledger.skip(kind, line, reason, detail);
    if (tags) return;
    for (const { kind, line } of links) if (kind === 'tagLinks') ledger.skip(kind, line, NO_TAGS);
  }

  async #create(articles: PlannedArticle[]): Promise<void> {
    const plans = byKey(articles);
    const inserted = await insertAll(
      articles.map((article) => this.#rowOf(article)),
      (some) => insertArticles(this.#db, this.#run.source, some),
      async (row) => ({ ...row, slug: await this.#slugs.take(plans.get(row.key)?.slug ?? row.slug) }),
    );
    for (const { row } of inserted) {
      const plan = plans.get(row.key);
      if (plan) this.#enter(plan, row);
    }
  }

  #rowOf(article: PlannedArticle): NewArticle {
    const { key, title, slug, excerpt, publishedAt, deletedAt, createdAt, updatedAt } = article;
    const content = article.content();
    const dates = { publishedAt, deletedAt, createdAt, updatedAt };
    const links = { categoryIds: this.#categoryIdsOf(article), authorIds: this.#authorIdsOf(article) };
    const digest = withVersion(article.digest, FIRST_VERSION).toString('hex');
    return { key, digest, slug, title, excerpt, content, ...dates, ...links };
  }

  #enter(article: PlannedArticle, { slug, categoryIds, authorIds }: NewArticle): void {
    if (slug !== article.slug) article.notes.add('the slug was taken', changed(article.slug, slug));
    enterNotes(this.#run, 'posts', article);
    const { ledger } = this.#run;
    ledger.add('posts', 'created');
    for (const { kind } of this.#linksOf(article)) ledger.add(kind, 'created');
    if (article.author !== null) ledger.add('authorLinks', 'created');
    this.links.categories += categoryIds.length;
    this.links.authors += authorIds.length;
  }

  #linksOf({ links }: PlannedArticle) {
    return links.filter(({ kind }) => kind === 'categoryLinks' || this.#run.tags);
  }

  #categoryIdsOf(article: PlannedArticle): number[] {
    return this.#linksOf(article).map(({ key }) => idOf(this.#terms, key));
  }

  #authorIdsOf({ author }: PlannedArticle): number[] {
    return author === null ? [] : [idOf(this.#authors, author)];
  }

  async #settle(article: PlannedArticle, row: KnownArticle): Promise<void> {
    const { ledger, tags, source } = this.#run;
    const before = splitVersion(row.digest);
    // What is not looked at has not changed.
    const digest = tags ? article.digest : withPartOf(before.said, article.digest, TAGS_PLACE);
    const parts = changedParts(ARTICLE_PARTS, before.said, digest);
    if (parts.length === 0) {
      ledger.add('posts', 'unchanged');
      for (const { kind } of this.#linksOf(article)) ledger.add(kind, 'unchanged');
      if (article.author !== null) ledger.add('authorLinks', 'unchanged');
      return;
    }
    const isEdited = row.version !== before.version;
    if (isEdited)
      article.notes.add('changed in Rubric as well; of what changed in the file, the file counts', article.title);
    const version = await this.#update(article, row, new Set(parts), isEdited);
    await updateDigest(this.#db, source, 'article', article.key, withVersion(digest, version));
    ledger.update('posts', article.line, parts);
    enterNotes(this.#run, 'posts', article);
  }

  /** Gives the version after all of it. */
  async #update(article: PlannedArticle, row: KnownArticle, parts: ReadonlySet<ArticlePart>, isEdited: boolean) {
    const columns = await this.#columns(article, row, parts);
    // The time of the last change is not set back to before an edit.
    if (parts.has('modified') && !isEdited) columns.updatedAt = article.updatedAt;
    const { rows } = await listLinks(this.#db, this.#run.source, row.id);
    const before = rows[0] ?? { categoryIds: [], tagIds: [], authorIds: [] };
    // The row first, since links take over when it is listed. Where links alone change it is their triggers that raise
    // the version, which they do for a row that this transaction has not written yet.
    if (Object.keys(columns).length > 0) await updateArticle(this.#db, row.id, columns);
    await this.#replaceCategories(article, row.id, before, parts.has('categories') || parts.has('tags'));
    await this.#replaceAuthors(article, row.id, before, parts.has('authors'));
    // A change of nothing, which marks the row as written where only links were.
    const [written] = await updateArticle(this.#db, row.id, {});
    return written?.version ?? 0;
  }

  async #columns(article: PlannedArticle, row: KnownArticle, parts: ReadonlySet<ArticlePart>): Promise<Columns> {
    const { title, slug, excerpt, content, publishedAt, deletedAt, createdAt, notes } = article;
    const isRestored = parts.has('trash') && deletedAt === null && row.deletedAt !== null;
    if (row.deletedAt && !deletedAt && !isRestored) notes.add('in the trash in Rubric, where it stays', title);
    const isLive = parts.has('trash') ? deletedAt === null : row.deletedAt === null;
    const wanted = parts.has('slug') ? slug : row.slug;
    return {
      ...(parts.has('title') && { title }),
      ...((parts.has('slug') || isRestored) && {
        slug: isLive ? await this.#freeSlug(wanted, row.id, article) : wanted,
      }),
      ...(parts.has('excerpt') && { excerpt }),
      ...(parts.has('content') && { content: content(), contentFormat: 'html' as const }),
      ...(parts.has('state') && { publishedAt }),
      ...(parts.has('trash') && { deletedAt: deletedAt && (row.deletedAt ?? deletedAt) }),
      ...(parts.has('created') && { createdAt }),
    };
  }

  async #freeSlug(slug: string, id: number, { notes }: PlannedArticle): Promise<string> {
    let free = slug;
    while ((await findSlugHolder(this.#db, free, id)).length > 0) free = await this.#slugs.take(slug);
    if (free !== slug) notes.add('the slug was taken', changed(slug, free));
    return free;
  }

  async #replaceCategories(article: PlannedArticle, id: number, before: Before, hasChanged: boolean): Promise<void> {
    const had = before.categoryIds.map(Number);
    const wanted = this.#categoryIdsOf(article);
    // Tags that are not looked at stay where they are.
    const kept = this.#run.tags ? [] : before.tagIds.map(Number).filter((tag) => !wanted.includes(tag));
    const ids = hasChanged ? [...wanted, ...kept] : had;
    if (hasChanged) await replaceLinks(this.#db, 'categories', id, ids);
    for (const [place, { kind }] of this.#linksOf(article).entries()) {
      this.#run.ledger.add(kind, hasChanged && !had.includes(wanted[place] ?? 0) ? 'created' : 'unchanged');
    }
    const gone = had.filter((category) => !ids.includes(category)).length;
    if (gone > 0) article.notes.add('is no longer filed under what the file no longer has', `${gone} gone`);
    this.links.categories += ids.length;
  }

  async #replaceAuthors(article: PlannedArticle, id: number, before: Before, hasChanged: boolean): Promise<void> {
    const ids = hasChanged ? this.#authorIdsOf(article) : before.authorIds.map(Number);
    if (hasChanged) await replaceLinks(this.#db, 'authors', id, ids);
    if (article.author !== null) {
      const isNew = hasChanged && !before.authorIds.map(Number).includes(ids[0] ?? 0);
      this.#run.ledger.add('authorLinks', isNew ? 'created' : 'unchanged');
    }
    this.links.authors += ids.length;
  }
}

interface Before {
  categoryIds: string[];
  tagIds: string[];
  authorIds: string[];
}

function idOf(ids: Ids, key: string): number {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The file changed while it was read: ${key} was not in it before.`);
  return id;
}
