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
import { PUBLICATION_NAME, readPublication } from './publication.reader.ts';
import type { DemoArticle, DemoPublication } from './publication.ts';
import { resolveRelativeTime } from './relative-time.ts';

/** `rubric demo`: loads a small publication, which the examples of the README show. */
export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description(`Load ${PUBLICATION_NAME}, a small publication, into an empty database`)
    .action(() =>
      withDatabase(async (db, config) => {
        const publication = readPublication();
        await load(db, publication);
        process.stdout.write(report(publication, config));
      }),
    );
}

/**
 * Loads the publication through the schemas and services that requests use. One transaction: an interrupted load leaves
 * an empty database, which can be loaded again. A partial load would be refused on every later attempt.
 *
 * @throws Error when the database holds content
 */
function load(db: Database, publication: DemoPublication): Promise<void> {
  return db.transaction(async (tx) => {
    await lockDemo(tx);
    await assertEmpty(tx);
    await updateActor(tx, actorOf(COMMAND));
    const categories = await loadCategories(tx, publication);
    const authors = await loadAuthors(tx, publication);
    await loadArticles(tx, publication, { categories, authors });
  });
}

async function assertEmpty(db: Database) {
  const [counts] = await countContent(db);
  const present = Object.entries(counts ?? {}).filter(([, count]) => count > 0);
  if (present.length === 0) return;
  const contents = present.map(([kind, count]) => `${count} ${kind}`).join(', ');
  throw new Error(`The demo needs an empty database. This one contains ${contents}.`);
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

/** Creates the oldest article first and drafts last, so that ids ascend with the time of publication. */
async function loadArticles(db: Database, { articles }: DemoPublication, ids: { categories: Ids; authors: Ids }) {
  const service = new ArticlesService(db);
  const now = new Date();
  const timeOf = ({ published }: DemoArticle) => (published ? resolveRelativeTime(published, now).getTime() : Infinity);
  for (const article of articles.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    const { categories, authors, published, ...rest } = article;
    const body = {
      ...rest,
      contentFormat: 'markdown',
      publishedAt: published && resolveRelativeTime(published, now).toISOString(),
      categoryIds: categories.map((slug) => ids.categories.get(slug)),
      authorIds: authors.map((slug) => ids.authors.get(slug)),
    };
    await service.create(ArticleCreate.parse(body), COMMAND);
  }
}

function report({ name, articles, categories, authors }: DemoPublication, { host, port }: Config): string {
  const times = articles.flatMap(({ published }) => published ?? []);
  const scheduled = times.filter((time) => 'daysFromNow' in time).length;
  const drafts = articles.length - times.length;
  const origin = originOf(host, port);
  const width = Math.max(...EXAMPLES.map(([path]) => path.length));
  const examples = EXAMPLES.map(([path, description]) => `  ${origin}${path.padEnd(width)}  ${description}\n`);
  return `Loaded ${name}: ${articles.length} articles (${drafts} draft, ${scheduled} scheduled), \
${categories.length} categories, ${authors.length} authors.
With the server running (npm start), try:
${examples.join('')}`;
}

/** A server that listens on all addresses is reached through localhost. */
function originOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const EXAMPLES = [
  ['/categories?tree=true', 'the category tree'],
  ['/categories/ferries/articles', 'the articles of one category, newest first'],
  ['/articles/twenty-four-hours-of-pier-3', 'an article with eleven categories'],
] as const;
