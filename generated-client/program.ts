/** What a front end does with the client that hey-api generates. It compiles under `strict` without `!` and `as`. */
import {
  type Article,
  type CategoryTreeNode,
  createArticle,
  createCategory,
  getCategory,
  listArticles,
  listCategories,
  updateArticle,
} from './client';
import { client } from './client/client.gen';

/** Sends the token as a bearer token only: hey-api would also send it as the session cookie. */
export function connect(baseUrl: string, token: string) {
  client.setConfig({ baseUrl, auth: ({ scheme }) => (scheme === 'bearer' ? token : undefined) });
}

export async function newCategory(name: string, parentId: number | null = null): Promise<number> {
  const { data } = await createCategory({ body: { name, parentId }, throwOnError: true });
  return data.id;
}

/** Creates an article, and changes its title if nobody else has changed the article meanwhile. */
export async function publish(title: string, categoryIds: number[]): Promise<Article> {
  const { data: created } = await createArticle({ body: { title, categoryIds }, throwOnError: true });
  const { data: updated } = await updateArticle({
    path: { id: created.id },
    headers: { 'If-Match': `"${created.version}"` },
    body: { title: `${created.title}, revised` },
    throwOnError: true,
  });
  return updated;
}

/** Returns what a stale `If-Match` leads to: the problem names the code, which decides what else it has. */
export async function updateStale({ id, version }: Article): Promise<string> {
  const { data, error } = await updateArticle({
    path: { id },
    headers: { 'If-Match': `"${version + 1}"` },
    body: { title: 'Lost' },
  });
  if (data) return data.title;
  switch (error.code) {
    case 'version_mismatch':
      return `${error.status}: ${error.detail}`;
    case 'invalid_request':
      return error.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n');
    default:
      return error.title;
  }
}

/** Lists articles in any of the categories. */
export async function listedIn(categories: (number | string)[]) {
  const { data, error, response } = await listArticles({
    query: { 'categories[any]': categories.map(String), sort: 'title', total: true, limit: 10 },
  });
  if (!data) return { status: error.status, titles: [], total: 0 };
  const titles = data.data.map((article) => `${article.title} in ${article.categories.map(({ name }) => name).join()}`);
  return { status: response?.status, titles, total: data.page.total ?? 0 };
}

/** The names in the tree, indented. */
export async function outline(): Promise<string> {
  const { data } = await listCategories({ query: { tree: true }, throwOnError: true });
  const lines = (nodes: CategoryTreeNode[], indent: string): string[] =>
    nodes.flatMap(({ name, children }) => [indent + name, ...lines(children, `${indent}  `)]);
  return 'page' in data ? '' : lines(data.data, '').join('\n');
}

/** The names of a page of categories, and whether there are more. */
export async function firstCategories(limit: number) {
  const { data } = await listCategories({ query: { limit }, throwOnError: true });
  return 'page' in data ? { names: data.data.map(({ name }) => name), hasMore: data.page.next !== null } : undefined;
}

export async function headlines(idOrSlug: string): Promise<string[]> {
  const { data, error } = await getCategory({ path: { idOrSlug } });
  if (data) return data.articles.data.map(({ title, publishedAt }) => `${publishedAt?.slice(0, 4)} ${title}`);
  return error.code === 'not_found' ? [] : [error.title];
}
