import { actorOf, commandPrincipal } from '../access/principal.ts';
import { ArticleCreate } from '../articles/articles.schema.ts';
import { ArticlesService } from '../articles/articles.service.ts';
import { DraftUpdate } from '../articles/drafts/drafts.schema.ts';
import { DraftsService } from '../articles/drafts/drafts.service.ts';
import type { RankedLink } from '../articles/ranks/ranks.queries.ts';
import { RanksService } from '../articles/ranks/ranks.service.ts';
import { updateActor } from '../audit/audit.queries.ts';
import { AuthorCreate } from '../authors/authors.schema.ts';
import { AuthorsService } from '../authors/authors.service.ts';
import { CategoryCreate } from '../categories/categories.schema.ts';
import { CategoriesService } from '../categories/categories.service.ts';
import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import { RedirectCreate } from '../redirects/redirects.schema.ts';
import { RedirectsService } from '../redirects/redirects.service.ts';
import { countContent, lockDemo } from './demo.queries.ts';
import type { DemoArticle, DemoPublication } from './publication.ts';
import { resolveRelativeTime } from './relative-time.ts';

const DEMO = commandPrincipal('demo');

/**
 * Loads the publication through the schemas and services that requests use. One transaction: an interrupted load leaves
 * an empty database, which can be loaded again. A partial load would be refused on every later attempt.
 *
 * @throws Error when the database holds content
 */
export function loadPublication(db: Database, config: Config, publication: DemoPublication): Promise<void> {
  return db.transaction(async (tx) => {
    await lockDemo(tx);
    await assertEmpty(tx);
    await updateActor(tx, actorOf(DEMO));
    const categories = await loadCategories(tx, publication);
    const authors = await loadAuthors(tx, publication);
    const articles = await loadArticles(new ArticlesService(tx, config), publication, { categories, authors });
    await loadRedirects(new RedirectsService(tx), publication, articles);
    await rankPinned(new RanksService(tx), publication, { categories, articles });
    await loadWorkingDrafts(tx, publication, { articles, categories });
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
  for (const { parent, pinned, ...category } of categories) {
    const parentId = parent === undefined ? null : ids.get(parent);
    const ordering = pinned ? 'manual' : 'newest';
    const { id } = await service.create(CategoryCreate.parse({ ...category, parentId, ordering }), DEMO);
    ids.set(category.slug, id);
  }
  return ids;
}

async function loadAuthors(db: Database, { authors }: DemoPublication): Promise<Ids> {
  const service = new AuthorsService(db);
  const ids: Ids = new Map();
  for (const author of authors) {
    const { id } = await service.create(AuthorCreate.parse(author), DEMO);
    ids.set(author.slug, id);
  }
  return ids;
}

/** Creates the oldest article first and drafts last, so that ids ascend with the time of publication. */
async function loadArticles(
  service: ArticlesService,
  { articles }: DemoPublication,
  ids: { categories: Ids; authors: Ids },
): Promise<Ids> {
  const articleIds: Ids = new Map();
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
    const { id } = await service.create(ArticleCreate.parse(body), DEMO);
    articleIds.set(article.slug, id);
  }
  return articleIds;
}

async function loadRedirects(service: RedirectsService, { redirects }: DemoPublication, articleIds: Ids) {
  for (const { path, article } of redirects) {
    const target = { type: 'article', id: articleIds.get(article) };
    await service.create(RedirectCreate.parse({ path, target }), DEMO);
  }
}

async function rankPinned(
  service: RanksService,
  { categories }: DemoPublication,
  ids: { categories: Ids; articles: Ids },
) {
  for (const { slug, pinned = [] } of categories) {
    for (const article of pinned.toReversed()) {
      const link = { categoryId: ids.categories.get(slug), articleId: ids.articles.get(article) };
      await service.move(link as RankedLink, { first: true }, DEMO);
    }
  }
}

async function loadWorkingDrafts(
  db: Database,
  { workingDrafts }: DemoPublication,
  ids: { articles: Ids; categories: Ids },
) {
  const service = new DraftsService(db);
  for (const { article, categories, ...rest } of workingDrafts) {
    const body = { ...rest, categoryIds: categories.map((slug) => ids.categories.get(slug)) };
    await service.save(Number(ids.articles.get(article)), DraftUpdate.parse(body), DEMO, undefined);
  }
}
