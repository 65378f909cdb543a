import type { Command } from 'commander';
import { actorOf, COMMAND } from '../access/principal.ts';
import { ArticleCreate } from '../articles/articles.schema.ts';
import { ArticlesService } from '../articles/articles.service.ts';
import { updateActor } from '../audit/audit.queries.ts';
import { AuthorCreate } from '../authors/authors.schema.ts';
import { AuthorsService } from '../authors/authors.service.ts';
import { CategoryCreate } from '../categories/categories.schema.ts';
import { CategoriesService } from '../categories/categories.service.ts';
import { withDatabase } from '../cli/with-database.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { countContent, lockDemo } from './demo.queries.ts';
import { instantOf } from './instant.ts';
import type { DemoArticle, DemoPublication } from './model.ts';
import { publication } from './publication.ts';

/** `rubric demo`: a small publication, so that every call of the tour has something to show. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(`Load a small publication, ${publication.name}, into an empty database`)
    .action(() =>
      withDatabase(async (db, config) => {
        await load(db, publication);
        process.stdout.write(report(publication, config));
      }),
    );
}

/**
 * Through the front door: by the schemas and services that requests go through. In one transaction, so that a load that
 * is interrupted leaves an empty database, into which it can be loaded again, and not a part of it, which would be
 * refused ever after.
 *
 * @throws Error when the database holds content
 */
function load(db: Database, demo: DemoPublication): Promise<void> {
  return db.transaction(async (tx) => {
    await lockDemo(tx);
    await refuseContent(tx);
    await updateActor(tx, actorOf(COMMAND));
    const categories = await loadCategories(tx, demo);
    const authors = await loadAuthors(tx, demo);
    await loadArticles(tx, demo, { categories, authors });
  });
}

async function refuseContent(db: Database) {
  const [found] = await countContent(db);
  const there = Object.entries(found ?? {}).filter(([, count]) => count > 0);
  if (there.length === 0) return;
  const what = there.map(([kind, count]) => `${count} ${kind}`).join(', ');
  throw new Error(`The demo is only loaded into an empty database, and this one holds ${what}.`);
}

/** The id of each slug. */
type Ids = Map<string, number>;

async function loadCategories(db: Database, { categories }: DemoPublication): Promise<Ids> {
  const service = new CategoriesService(db);
  const ids: Ids = new Map();
  for (const { parent, ...category } of categories) {
    const parentId = parent === undefined ? null : ids.get(parent);
    const { id } = await service.create(CategoryCreate.parse({ ...category, parentId }), COMMAND);
    ids.set(category.slug, id);
  }
  return ids;
}

async function loadAuthors(db: Database, { authors }: DemoPublication): Promise<Ids> {
  const service = new AuthorsService(db);
  const ids: Ids = new Map();
  for (const author of authors) {
    const { id } = await service.create(AuthorCreate.parse(author), COMMAND);
    ids.set(author.slug, id);
  }
  return ids;
}

/** The oldest first and drafts last, so that the ids look as if they had been written over the years. */
async function loadArticles(db: Database, { articles }: DemoPublication, ids: { categories: Ids; authors: Ids }) {
  const service = new ArticlesService(db);
  const now = new Date();
  const timeOf = ({ published }: DemoArticle) => (published ? instantOf(published, now).getTime() : Infinity);
  for (const article of articles.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    const { categories, authors, published, ...rest } = article;
    const body = {
      ...rest,
      contentFormat: 'markdown',
      publishedAt: published && instantOf(published, now).toISOString(),
      categoryIds: categories.map((slug) => ids.categories.get(slug)),
      authorIds: authors.map((slug) => ids.authors.get(slug)),
    };
    await service.create(ArticleCreate.parse(body), COMMAND);
  }
}

function report({ name, articles, categories, authors }: DemoPublication, { host, port }: Config): string {
  const published = articles.flatMap((article) => article.published ?? []);
  const scheduled = published.filter((instant) => 'daysFromNow' in instant).length;
  const drafts = articles.length - published.length;
  const origin = originOf(host, port);
  const width = Math.max(...EXAMPLES.map(([path]) => path.length));
  const examples = EXAMPLES.map(([path, shows]) => `  ${origin}${path.padEnd(width)}  ${shows}\n`);
  return `Loaded ${name}: ${articles.length} articles (${drafts} draft, ${scheduled} scheduled), \
${categories.length} categories, ${authors.length} authors.
With the server running (npm start), try:
${examples.join('')}`;
}

/** Where the server listens on all addresses, it is one of them. */
function originOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const EXAMPLES = [
  ['/categories?tree=true', 'the tree of categories'],
  ['/categories/ferries/articles', 'the articles of one, the newest first'],
  ['/articles/twenty-four-hours-of-pier-3', 'an article filed under eleven'],
] as const;
