import { COMMAND } from '../src/access/principal.ts';
import { ArticleListQuery } from '../src/articles/articles.schema.ts';
import type { ListShape } from '../src/articles/list/keyset.queries.ts';
import { planList } from '../src/articles/list/list-plan.ts';
import { readScopeOf, writeScopeOf } from '../src/articles/visibility/visibility.ts';
import { PEOPLE } from './people-samples.ts';
import { ACTOR, AT, BEFORE, PAGE, type SamplesOf } from './sample-values.ts';

const WRITER = writeScopeOf(COMMAND);
const READER = readScopeOf(COMMAND);
const WRITE = { id: 1, expected: null, writer: WRITER };
const ARTICLE = { title: 'Bread', slug: 'bread', excerpt: null, content: '', contentFormat: 'markdown' as const };

/** What a request for a list makes of its parameters, so that these samples are the requests that people make. */
const plan = (parameters: Record<string, string>) => planList(ArticleListQuery.parse(parameters), COMMAND, null);
const list = (parameters: Record<string, string>, more: Partial<ListShape> = {}) => {
  const { shape, values } = plan(parameters);
  return [{ ...shape, ...more }, values] as const satisfies unknown[];
};
const filter = (parameters: Record<string, string>) => {
  const { shape, values } = plan(parameters).filter;
  return [shape, values] as const satisfies unknown[];
};

const articleLists = {
  listArticles: {
    '(first page)': list({}),
    'after=…': list({}, { started: true }),
    'categories[all]=1&after=…': list({ 'categories[all]': '1' }, { started: true }),
    'categories[all]=1,2&descendants=true': list({ 'categories[all]': '1,2', descendants: 'true' }),
    'categories[any]=1,2&categories[none]=3': list({ 'categories[any]': '1,2', 'categories[none]': '3' }),
    'status=draft,trashed': list({ status: 'draft,trashed' }),
    'sort=title&published[gte]=…': list({ sort: 'title', 'published[gte]': AT.toISOString() }),
    'q=bread&categories[all]=1': list({ q: 'bread', 'categories[all]': '1' }),
    'q=bread&sort=relevance, all of it ranked': list({ q: 'bread', sort: 'relevance' }),
    'q=bread&sort=relevance, above the border': list({ q: 'bread', sort: 'relevance' }, { part: 'ranked' }),
    'q=bread&sort=relevance, below it': list({ q: 'bread' }, { part: 'rest' }),
  },
  countArticles: {
    '(all)': filter({}),
    'categories[any]=1,2': filter({ 'categories[any]': '1,2' }),
  },
  findBorder: { 'q=bread&sort=relevance': list({ q: 'bread', sort: 'relevance' }) },
  countRanked: {
    'q=bread&sort=relevance, above the border': list({ q: 'bread', sort: 'relevance' }, { part: 'ranked' }),
  },
  listFacets: { '(all)': filter({}), 'categories[any]=1,2': filter({ 'categories[any]': '1,2' }) },
} satisfies SamplesOf<typeof import('../src/articles/list/list.queries.ts')>;

const articleCreation = {
  insertArticle: [[{ ...ARTICLE, publishedAt: undefined, categoryIds: ['1', '2'], authorIds: ['3'] }, WRITER]],
} satisfies SamplesOf<typeof import('../src/articles/writes/create-article.queries.ts')>;

const articleLinks = {
  insertArticleCategory: [[WRITE, 2]],
  deleteArticleCategory: [[WRITE, 2]],
} satisfies SamplesOf<typeof import('../src/articles/writes/article-links.queries.ts')>;

const articleWrites = {
  updateArticle: {
    'title alone': [WRITE, { columns: { title: 'Bread' } }],
    'categoryIds alone': [WRITE, { columns: {}, categoryIds: ['1', '2'] }],
    'title, publishedAt, categoryIds and authorIds': [
      WRITE,
      { columns: { title: 'Bread', publishedAt: AT }, categoryIds: ['1', '2'], authorIds: ['3'] },
    ],
  },
} satisfies SamplesOf<typeof import('../src/articles/writes/update-article.queries.ts')>;

const articles = {
  findArticle: [
    [{ id: 1 }, null],
    [{ id: 1 }, READER],
    [{ slug: 'bread' }, null],
    [{ slug: 'bread' }, READER],
    [{ slug: 'bread' }, READER, true],
  ],
  findCategoriesOfArticle: [[1, READER]],
  listKnownIds: [
    ['categoryIds', ['1', '2']],
    ['authorIds', ['3']],
  ],
  lockArticle: [[1]],
} satisfies SamplesOf<typeof import('../src/articles/articles.queries.ts')>;

const articleTrash = {
  findArticleState: [[1, WRITER]],
  updateArticleTrashed: [[WRITE]],
  updateArticleRestored: [[WRITE, 'bread-2']],
  deleteArticle: [[WRITE]],
} satisfies SamplesOf<typeof import('../src/articles/writes/trash-article.queries.ts')>;

const audit = {
  insertAuditEntry: [[ACTOR, { action: 'access.refused', subject: null, subjectId: null }]],
  updateActor: [[ACTOR]],
  listAuditEntries: {
    '(first page)': [{}, { backward: false, from: null, fetch: 21 }],
    'subject=article&subjectId=1&before=…': [
      { subject: 'article', subjectId: 1 },
      { backward: true, from: { key: AT.toISOString(), id: 71 }, fetch: 21 },
    ],
    'account=1&action=article.change&at[gte]=…': [
      { accountId: 1, action: 'article.change', since: AT },
      { backward: false, from: null, fetch: 21 },
    ],
  },
} satisfies SamplesOf<typeof import('../src/audit/audit.queries.ts')>;

const authors = {
  findAuthor: [[{ id: 1 }]],
  listAuthors: [[PAGE], [{ ...BEFORE, from: { key: 'Maud', id: 1 } }]],
  countAuthors: [[]],
  insertAuthor: [[ACTOR, { name: 'Maud', slug: 'maud' }]],
  updateAuthor: [
    [ACTOR, 1, {}, undefined],
    [ACTOR, 1, { name: 'Maud' }, [17]],
  ],
  lockArticlesOfAuthor: [[1]],
  deleteAuthor: [[ACTOR, 1, undefined]],
} satisfies SamplesOf<typeof import('../src/authors/authors.queries.ts')>;

const categories = {
  findCategory: [[1]],
  findCategoryWithArticles: [
    [{ id: 1 }, 21],
    [{ slug: 'food' }, 21],
  ],
  findCategoryId: [[{ id: 1 }]],
  listCategories: [[PAGE], [BEFORE]],
  listWholeTree: [[]],
  countCategories: [[]],
  insertCategory: [[ACTOR, { name: 'Food', slug: 'food' }]],
  updateCategory: [
    [ACTOR, 1, {}, undefined],
    [ACTOR, 1, { parentId: 2 }, [17]],
  ],
  findCategoryVersion: [[1]],
  lockCategoryTree: [[]],
  lockCategoryMoves: [[]],
  lockCategory: [[1]],
  lockArticlesOfCategory: [[1]],
  listChildrenInTheWay: [[1]],
  deleteCategory: [[ACTOR, 1, undefined]],
} satisfies SamplesOf<typeof import('../src/categories/categories.queries.ts')>;

const counts = {
  updateCategoryCounts: [[20_000]],
} satisfies SamplesOf<typeof import('../src/categories/category-counts/category-counts.queries.ts')>;

const demo = {
  countContent: [[]],
  lockDemo: [[]],
} satisfies SamplesOf<typeof import('../src/demo/demo.queries.ts')>;

const doctor = {
  listMiscountedCategories: [[]],
  listMiscountedArticles: [[]],
  listMisplacedArticles: [[]],
  listMisplacedLinks: [[]],
  listLinksWithoutPosition: [[]],
  listMissingParents: [[]],
  listCategoryCycles: [[]],
  listBadSlugs: [['^[a-z]+$']],
  listSharedNames: [[]],
  listStaleWords: [[]],
  listBadVersions: [[]],
  listSequencesBehind: [[]],
  listAlteredRules: [['create table articles ();', ['articles_pkey']]],
  updateStatementTimeout: [[]],
} satisfies SamplesOf<typeof import('../src/doctor/doctor.queries.ts')>;

const health = {
  findPulse: [[]],
} satisfies SamplesOf<typeof import('../src/health/health.queries.ts')>;

const limits = {
  claimLease: [['requests/600:address:192.0.2.1', { limit: 600, part: 60 }]],
  deleteSpentLimits: [[]],
  claimLimit: [['sign-in:192.0.2.1', { burst: 5, perMs: 60_000 }, 1]],
} satisfies SamplesOf<typeof import('../src/rate-limits/rate-limits.queries.ts')>;

const slugs = {
  listSlugsLike: [
    ['articles', 'bread'],
    ['categories', 'food'],
  ],
  lockSlug: [['articles', 'bread']],
} satisfies SamplesOf<typeof import('../src/slugs/slugs.queries.ts')>;

const SITE = 'https://example.org';
const NEW_ROW = { key: 'bread', digest: '00', slug: 'bread' };

const wordpress = {
  updateLimits: [[]],
  lockImport: [[SITE]],
  listImportedAuthors: [[SITE, ['maud']]],
  listImportedCategories: [[SITE, ['food']]],
  listImportedArticles: [[SITE, ['1']]],
  findObstacles: [[{ id: null, name: 'Food', slug: 'food', parentId: 1 }]],
  listLinks: [[SITE, 1]],
  replaceLinks: [
    ['categories', 1, [2, 3]],
    ['authors', 1, [2, 3]],
  ],
  updateAuthor: [[1, { name: 'Maud' }]],
  updateCategory: [[1, { name: 'Food' }]],
  updateArticle: [[1, { title: 'Bread' }]],
  updateDigest: [[SITE, 'article', '1', Buffer.alloc(0)]],
  findSlugHolder: [['bread', 1]],
  countWritten: [[]],
} satisfies SamplesOf<typeof import('../src/imports/wordpress/write/wordpress.queries.ts')>;

const wordpressInserts = {
  insertAuthors: [[SITE, [{ ...NEW_ROW, name: 'Maud', email: null }]]],
  insertCategories: [[SITE, [{ ...NEW_ROW, name: 'Food', description: null, parentId: null }]]],
  insertArticles: [[SITE, []]],
} satisfies SamplesOf<typeof import('../src/imports/wordpress/write/wordpress-inserts.queries.ts')>;

const tokens = {
  findTokenByPrefix: [['0123456789abcdef']],
  insertToken: [[ACTOR, { name: 'front end', role: 'reader', prefix: '0123456789abcdef', hash: Buffer.alloc(0) }]],
  listTokens: [[null], [7]],
  updateTokenRevoked: [
    [ACTOR, 1, null],
    [ACTOR, 1, 7],
  ],
  updateTokenUsed: [[1]],
} satisfies SamplesOf<typeof import('../src/auth/tokens/tokens.queries.ts')>;

/**
 * With which arguments the SQL of each query function is written down, one for each statement worth reading that it can
 * become. A function or module that is missing here fails `npm run generate`, the type check, too.
 */
export const SAMPLES: Record<string, Record<string, readonly unknown[][] | Record<string, unknown[]>>> = {
  ...PEOPLE,
  'articles/visibility/visibility.queries.ts': {},
  'articles/writes/create-article.queries.ts': articleCreation,
  'articles/writes/article-links.queries.ts': articleLinks,
  'articles/list/list.queries.ts': articleLists,
  'articles/list/predicates.queries.ts': {},
  'articles/list/filter-ctes.queries.ts': {},
  'articles/list/page.queries.ts': {},
  'articles/list/keyset.queries.ts': {},
  'articles/list/text-search.queries.ts': {},
  'articles/writes/locked-write.queries.ts': {},
  'articles/writes/trash-article.queries.ts': articleTrash,
  'articles/writes/update-article.queries.ts': articleWrites,
  'articles/articles.queries.ts': articles,
  'audit/audit.queries.ts': audit,
  'authors/authors.queries.ts': authors,
  'categories/categories.queries.ts': categories,
  'categories/category-counts/category-counts.queries.ts': counts,
  'demo/demo.queries.ts': demo,
  'doctor/doctor.queries.ts': doctor,
  'health/health.queries.ts': health,
  'imports/wordpress/write/wordpress-inserts.queries.ts': wordpressInserts,
  'imports/wordpress/write/wordpress.queries.ts': wordpress,
  'rate-limits/rate-limits.queries.ts': limits,
  'slugs/slugs.queries.ts': slugs,
  'auth/tokens/tokens.queries.ts': tokens,
};
