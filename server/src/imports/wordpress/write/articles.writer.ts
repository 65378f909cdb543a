import type { Database } from '../../../database/database.ts';
import { listSlugsLike } from '../../../slugs/slugs.queries.ts';
import type { PlannedArticle } from '../plan/article-plan.ts';
import { ARTICLE_PARTS } from '../plan/article-plan.ts';
import { appendVersion, changedParts, splitVersion, withPreviousPart } from '../plan/digest.ts';
import { formatChange } from '../plan/warnings.ts';
import { AddressWriter } from './addresses.writer.ts';
import { ArticleUpdater, type ImportedArticle } from './article-updates.writer.ts';
import { type ImportContext, mapByKey, reportWarnings, TAGS_SKIPPED } from './import-context.ts';
import { listImportedArticles } from './imported-rows.queries.ts';
import { insertArticles, type NewArticle } from './insert-rows.queries.ts';
import { insertWithRetry } from './insert-with-retry.ts';
import { LinkResolver } from './link-resolver.ts';
import { SlugAllocator } from './slug-allocator.ts';

const TAGS_PART_INDEX = ARTICLE_PARTS.indexOf('tags');
/** The version of an article that one statement inserted together with its links. */
const FIRST_VERSION = 1;

/**
 * Writes articles and their links in batches.
 *
 * The file is compared with the digest of the previous file, not with the row. An article that was edited in Rubric stays
 * as edited until it changes in the file; then only the parts that changed in the file are overwritten. An article that
 * was moved to the trash in Rubric stays there. An article that was deleted permanently is imported again; keep it in the
 * trash to prevent that.
 */
export class ArticleWriter {
  /** The number of links of the created and updated articles. */
  readonly linkCounts = { categories: 0, authors: 0 };
  readonly #db: Database;
  readonly #context: ImportContext;
  readonly #links: LinkResolver;
  readonly #slugs: SlugAllocator;
  readonly #updater: ArticleUpdater;
  readonly #addresses: AddressWriter;

  constructor(db: Database, context: ImportContext, ids: ConstructorParameters<typeof LinkResolver>[0]) {
    this.#db = db;
    this.#context = context;
    this.#links = new LinkResolver(ids, context.importTags);
    this.#slugs = new SlugAllocator((stem) => listSlugsLike(db, 'articles', stem), context.exportIndex.keptPostSlugs);
    this.#addresses = new AddressWriter(db, context);
    const { linkCounts } = this;
    this.#updater = new ArticleUpdater(db, context, { links: this.#links, slugs: this.#slugs, linkCounts });
  }

  async write(articles: readonly PlannedArticle[]): Promise<void> {
    const keys = articles.map(({ key }) => key);
    const importedArticles = mapByKey(await listImportedArticles(this.#db, this.#context.source, keys));
    for (const article of articles) {
      this.#reportSkippedLinks(article);
      this.#warnOfTooManyLinks(article);
    }
    await this.#create(articles.filter(({ key }) => !importedArticles.has(key)));
    for (const article of articles) {
      const row = importedArticles.get(article.key);
      if (row) await this.#updateIfChanged(article, row);
    }
    await this.#addresses.flush();
  }

  #reportSkippedLinks({ skipped, links }: PlannedArticle): void {
    const { report, importTags } = this.#context;
    for (const { kind, line, reason, detail } of skipped) report.skip(kind, line, reason, detail);
    if (importTags) return;
    for (const { kind, line } of links) if (kind === 'tagLinks') report.skip(kind, line, TAGS_SKIPPED);
  }

  #warnOfTooManyLinks(article: PlannedArticle): void {
    const { length } = this.#links.termLinksOf(article);
    if (length > this.#context.maxIds)
      article.warnings.add(
        'in more categories than MAX_IDS; a request cannot send them all back',
        `${length} categories`,
      );
  }

  async #create(articles: readonly PlannedArticle[]): Promise<void> {
    const plans = mapByKey(articles);
    const inserted = await insertWithRetry(
      await this.#newRows(articles),
      (rows) => insertArticles(this.#db, this.#context.source, rows),
      async (row) => ({ ...row, slug: await this.#slugs.allocate(plans.get(row.key)?.slug ?? row.slug) }),
    );
    for (const { row, id } of inserted) {
      const plan = plans.get(row.key);
      if (!plan) continue;
      this.#reportCreated(plan, row);
      this.#addresses.add(plan.addresses, { type: 'article', id }, true);
    }
  }

  async #newRows(articles: readonly PlannedArticle[]): Promise<NewArticle[]> {
    const rows: NewArticle[] = [];
    for (const article of articles) {
      const { slug, isSlugReserved } = article;
      rows.push(this.#newRow(article, isSlugReserved ? await this.#slugs.allocate(slug) : slug));
    }
    return rows;
  }

  #newRow(article: PlannedArticle, slug: string): NewArticle {
    const { key, title, excerpt, publishedAt, deletedAt, createdAt, updatedAt } = article;
    const digest = appendVersion(article.digest, FIRST_VERSION).toString('hex');
    const dates = { publishedAt, deletedAt, createdAt, updatedAt };
    const categoryIds = this.#links.termLinksOf(article).map(({ id }) => id);
    const authorIds = this.#links.authorIdsOf(article);
    return { key, digest, slug, title, excerpt, content: article.content(), ...dates, categoryIds, authorIds };
  }

  #reportCreated(article: PlannedArticle, { slug, categoryIds, authorIds }: NewArticle): void {
    if (slug !== article.slug) article.warnings.add('the slug was already in use', formatChange(article.slug, slug));
    reportWarnings(this.#context, 'posts', article);
    this.#countWithLinks(article, 'created');
    this.linkCounts.categories += categoryIds.length;
    this.linkCounts.authors += authorIds.length;
  }

  #countWithLinks(article: PlannedArticle, outcome: 'created' | 'unchanged'): void {
    const { report } = this.#context;
    report.count('posts', outcome);
    for (const { kind } of this.#links.termLinksOf(article)) report.count(kind, outcome);
    report.count('authorLinks', outcome, article.authors.length);
  }

  async #updateIfChanged(article: PlannedArticle, row: ImportedArticle): Promise<void> {
    const { digest: previousDigest } = splitVersion(row.digest);
    // Tags that are skipped count as unchanged.
    const digest = this.#context.importTags
      ? article.digest
      : withPreviousPart(previousDigest, article.digest, TAGS_PART_INDEX);
    const parts = changedParts(ARTICLE_PARTS, previousDigest, digest);
    const target = { type: 'article', id: row.id } as const;
    if (parts.length === 0) {
      this.#addresses.add(article.addresses, target, false);
      return this.#countWithLinks(article, 'unchanged');
    }
    const isUpdated = await this.#updater.update({ ...article, digest }, row, parts);
    // The article was deleted permanently by a concurrent request.
    if (!isUpdated) return this.#create([article]);
    this.#addresses.add(article.addresses, target, parts.includes('addresses'));
  }
}
