import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES } from '../../src/database/schema/enums.ts';
import type { Client } from '../harness/client.ts';
import { newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

/**
 * OWASP API3:2023 (broken object property level authorization), ASVS 14.2.6: the exact keys of every response, for every
 * role. Written by hand, so that a column added to a query fails here before it is exposed.
 */

const server = useServer();
const CALLERS = ['anonymous', ...ROLES] as const;
type CallerName = (typeof CALLERS)[number];
const clientOf = (name: CallerName): Client => (name === 'anonymous' ? server.anonymous : server.as[name]);

const names = (list: string) => list.split(' ');
const REFERENCE = names('id name slug');
const LISTED = names(
  'authors categories contentFormat createdAt excerpt id publishedAt slug status title updatedAt version',
);
const ARTICLE = [...LISTED, 'content'].sort();
/** These see the working draft of the article, so they also see whether there is one. */
const SEE_DRAFTS: readonly CallerName[] = ['reader', 'author', 'editor', 'admin'];
const DRAFT = [...ARTICLE, ...names('baseVersion gone updatedBy')].sort();
const CATEGORY = names(
  'articleCount articleCountDeep createdAt description id name ordering parentId path position slug updatedAt version',
);
const AUTHOR = names('bio createdAt id name slug updatedAt version');
const LIST = ['data', 'page'];
const PAGE = ['limit', 'next', 'previous'];

const keys = (value: unknown) => Object.keys(value as object).sort();
let ids: { article: number; category: number; author: number };

beforeAll(async () => {
  const [category, author] = [await newCategory(server.as.editor), await newAuthor(server.as.editor)];
  await newCategory(server.as.editor, { parentId: category.id });
  await server.as.editor.patch(`/authors/${author.id}`, { email: 'byline@rubric.example' });
  const article = await newArticle(server.as.author, { categoryIds: [category.id] });
  await server.as.editor.patch(`/articles/${article.id}`, { authorIds: [author.id] });
  ids = { article: article.id, category: category.id, author: author.id };
});

describe.each(CALLERS)('As %s', (name) => {
  const read = async (path: string) => {
    const { status, body } = await clientOf(name).get(path);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  };
  const [listed, whole] = [LISTED, ARTICLE].map((fields) =>
    SEE_DRAFTS.includes(name) ? [...fields, 'hasDraft'].sort() : fields,
  );
  const author = ['reader', 'editor', 'admin'].includes(name) ? [...AUTHOR, 'email'].sort() : AUTHOR;

  test('an article contains neither its owner nor its sort key', async () => {
    const article = await read(`/articles/${ids.article}`);
    expect(keys(article)).toEqual(whole);
    expect([keys(article.categories[0]), keys(article.authors[0])]).toEqual([REFERENCE, REFERENCE]);
  });

  test('a list contains the same without content', async () => {
    for (const path of ['/articles', `/categories/${ids.category}/articles`]) {
      const list = await read(`${path}?limit=1`);
      expect([keys(list), keys(list.page), keys(list.data[0])]).toEqual([LIST, PAGE, listed]);
      expect([keys(list.data[0].categories[0]), keys(list.data[0].authors[0])]).toEqual([REFERENCE, REFERENCE]);
    }
  });

  if (SEE_DRAFTS.includes(name)) {
    test('a working draft contains what the article does, and who changed it since when', async () => {
      await server.as.editor.patch(`/articles/${ids.article}/draft`, {});
      const draft = await read(`/articles/${ids.article}/draft`);
      expect(keys(draft)).toEqual(DRAFT);
      expect([keys(draft.updatedBy), keys(draft.categories[0])]).toEqual([names('name tokenId'), REFERENCE]);
    });

    test('a revision contains what the article did, a list of them who changed what', async () => {
      const path = `/articles/${ids.article}/revisions`;
      expect(keys(await read(`${path}/1`))).toEqual(ARTICLE);
      const list = await read(path);
      expect([keys(list), keys(list.page)]).toEqual([LIST, PAGE]);
      expect(keys(list.data[0])).toEqual(names('at by changed kind number published'));
      expect(keys(list.data[0].by)).toEqual(names('name tokenId'));
    });
  }

  test('a category contains its path, its counts, its children and a list of its articles', async () => {
    const category = await read(`/categories/${ids.category}`);
    expect(keys(category)).toEqual([...CATEGORY, 'articles', 'children'].sort());
    expect(keys(category.children[0])).toEqual([...REFERENCE, 'articleCount', 'articleCountDeep'].sort());
    expect([keys(category.articles), keys(category.articles.data[0])]).toEqual([LIST, listed]);
    expect(keys((await read('/categories')).data[0])).toEqual(CATEGORY);
    expect(keys((await read('/categories?tree=true')).data[0])).toEqual([...CATEGORY, 'children'].sort());
  });

  test(`an author ${author === AUTHOR ? 'contains no email address' : 'contains the email address'}`, async () => {
    expect(keys(await read(`/authors/${ids.author}`))).toEqual(author);
    expect(keys((await read('/authors')).data[0])).toEqual(author);
  });
});

test('A write returns the same fields as a read', async () => {
  for (const name of ['contributor', 'author', 'editor'] as const) {
    const fields = SEE_DRAFTS.includes(name) ? [...ARTICLE, 'hasDraft'].sort() : ARTICLE;
    const created = await newArticle(server.as[name], { publishedAt: null });
    expect(keys(created)).toEqual(fields);
    const writes = [
      await server.as[name].patch(`/articles/${created.id}`, { title: 'Again' }),
      await server.as[name].post(`/articles/${created.id}/restore`),
      await server.as[name].post(`/articles/${created.id}/revisions/1/restore`),
    ];
    for (const { body } of writes) expect(keys(body).filter((key) => key !== 'dropped')).toEqual(fields);
  }
  const category = await newCategory(server.as.editor);
  expect(keys(category)).toEqual(CATEGORY);
  expect(keys(await newAuthor(server.as.editor))).toEqual([...AUTHOR, 'email'].sort());
});

test('A preview contains its secret only in the response that creates it, and shows the same fields as a read', async () => {
  const { body } = await server.as.author.post(`/articles/${ids.article}/previews`, {});
  expect(keys(body)).toEqual(['expiresAt', 'id', 'secret', 'url']);
  for (const name of ['reader', 'author', 'editor', 'admin'] as const) {
    const { data } = (await server.as[name].get(`/articles/${ids.article}/previews`)).body;
    expect(keys(data[0])).toEqual(['createdAt', 'expiresAt', 'id']);
  }
  for (const name of CALLERS) {
    const { body: article } = await clientOf(name).get(`/previews/${body.secret}`);
    expect(keys(article)).toEqual(ARTICLE);
    expect([keys(article.categories[0]), keys(article.authors[0])]).toEqual([REFERENCE, REFERENCE]);
  }
});

test('A token contains its secret only in the response that creates it, and never its hash', async () => {
  const fields = [
    'accountId',
    'categoryIds',
    'createdAt',
    'expiresAt',
    'id',
    'lastUsedAt',
    'name',
    'prefix',
    'readOnly',
  ];
  const row = [...fields, 'revokedAt', 'role'];
  const { body } = await server.as.admin.post('/tokens', { name: 'shown once', role: 'reader' });
  expect(keys(body)).toEqual([...row, 'token'].sort());
  expect(keys((await server.as.admin.get('/tokens')).body.data[0])).toEqual(row);
});
