import type { Database } from '../../../database/database.ts';
import { listSlugsLike } from '../../../slugs/slugs.queries.ts';
import type { PlannedArticle } from '../plan/article-plan.ts';
import { ARTICLE_PARTS } from '../plan/article-plan.ts';
import { changedParts, splitVersion, withPartOf, withVersion } from '../plan/digest.ts';
import { changed } from '../report/warnings.ts';
import type { KnownArticle } from './article-updates.writer.ts';
import { ArticleChanges } from './article-updates.writer.ts';
import type { ImportRun } from './import-context.ts';
import { byKey, enterNotes, NO_TAGS } from './import-context.ts';
import type { NewArticle } from './insert-rows.queries.ts';
import { insertArticles } from './insert-rows.queries.ts';
import { insertAll } from './insert-with-retry.ts';
import { ArticleLinks } from './link-resolver.ts';
import { FreeSlugs } from './slug-allocator.ts';
import { listImportedArticles } from './update-rows.queries.ts';

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
  readonly written = { categories: 0, authors: 0 };
  readonly #db: Database;
  readonly #run: ImportRun;
  readonly #links: ArticleLinks;
  readonly #slugs: FreeSlugs;
  readonly #changes: ArticleChanges;

  constructor(db: Database, run: ImportRun, ids: ConstructorParameters<typeof ArticleLinks>[0]) {
    this.#db = db;
    this.#run = run;
    this.#links = new ArticleLinks(ids, run.tags);
    this.#slugs = new FreeSlugs((stem) => listSlugsLike(db, 'articles', stem));
    this.#changes = new ArticleChanges(db, run, { links: this.#links, slugs: this.#slugs, written: this.written });
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

  async #create(articles: readonly PlannedArticle[]): Promise<void> {
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
    const digest = withVersion(article.digest, FIRST_VERSION).toString('hex');
    const dates = { publishedAt, deletedAt, createdAt, updatedAt };
    const categoryIds = this.#links.of(article).map(({ id }) => id);
    const authorIds = this.#links.authorIdsOf(article);
    return { key, digest, slug, title, excerpt, content: article.content(), ...dates, categoryIds, authorIds };
  }

  #enter(article: PlannedArticle, { slug, categoryIds, authorIds }: NewArticle): void {
    if (slug !== article.slug) article.notes.add('the slug was taken', changed(article.slug, slug));
    enterNotes(this.#run, 'posts', article);
    this.#account(article, 'created');
    this.written.categories += categoryIds.length;
    this.written.authors += authorIds.length;
  }

  #account(article: PlannedArticle, outcome: 'created' | 'unchanged'): void {
    const { ledger } = this.#run;
    ledger.add('posts', outcome);
    for (const { kind } of this.#links.of(article)) ledger.add(kind, outcome);
    if (article.author !== null) ledger.add('authorLinks', outcome);
  }

  async #settle(article: PlannedArticle, row: KnownArticle): Promise<void> {
    const { said } = splitVersion(row.digest);
    // What is not looked at has not changed.
    const digest = this.#run.tags ? article.digest : withPartOf(said, article.digest, TAGS_PLACE);
    const parts = changedParts(ARTICLE_PARTS, said, digest);
    if (parts.length === 0) this.#account(article, 'unchanged');
    // Somebody may delete it for good at this very moment.
    else if (!(await this.#changes.apply({ ...article, digest }, row, parts))) await this.#create([article]);
  }
}
