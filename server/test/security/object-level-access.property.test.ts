import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/database/schema/enums.ts';
import { newAccount, signIn } from '../harness/browser-client.ts';
import { Client } from '../harness/client.ts';
import { operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { minutesFromNow, newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

/**
 * OWASP API1:2023 (broken object level authorization), ASVS 8.2.2: every route with the id of an article, for every role, on
 * every kind of article, the caller's own and others. The expected outcomes are written by hand, independent of the code.
 */

const server = useServer();
const CALLERS = ['anonymous', ...ROLES] as const;
type CallerName = (typeof CALLERS)[number];
const clientOf = (name: CallerName): Client => (name === 'anonymous' ? server.anonymous : server.as[name]);

const KINDS = ['draft', 'scheduled', 'published', 'trashed draft', 'trashed'] as const;
type Kind = (typeof KINDS)[number];

let linkedCategory: { id: number };
let otherCategory: { id: number };
beforeAll(async () => {
  linkedCategory = await newCategory(server.as.editor);
  otherCategory = await newCategory(server.as.editor);
});

/** Creates an article of a kind that the given role or another account owns. */
async function articleOf(owner: Role | 'another account', kind: Kind): Promise<{ id: number; slug: string }> {
  const creator = owner === 'contributor' || owner === 'author' ? server.as[owner] : server.as.editor;
  const article = await newArticle(creator, {
    publishedAt: null,
    ...(creator === server.as.editor && { categoryIds: [linkedCategory.id] }),
  });
  const publishedAt = { scheduled: minutesFromNow(60), published: minutesFromNow(-60), trashed: minutesFromNow(-60) };
  if (kind in publishedAt) {
    await server.as.editor.patch(`/articles/${article.id}`, { publishedAt: publishedAt[kind as 'trashed'] });
  }
  if (kind.startsWith('trashed')) await server.as.editor.delete(`/articles/${article.id}`);
  return article;
}

type Outcome = 'done' | 401 | 403 | 404 | 409;
const READS_ALL: CallerName[] = ['reader', 'editor', 'admin'];
const HAS_OWN: CallerName[] = ['contributor', 'author'];

function readOutcome(caller: CallerName, kind: Kind, own: boolean): Outcome {
  if (kind.startsWith('trashed')) return 404;
  if (kind === 'published') return 'done';
  return READS_ALL.includes(caller) || (own && HAS_OWN.includes(caller)) ? 'done' : 404;
}

function readTrashOutcome(caller: CallerName, kind: Kind, own: boolean): Outcome {
  return readOutcome(caller, kind.startsWith('trashed') ? 'draft' : kind, own);
}

function writeOutcome(caller: CallerName, kind: Kind, own: boolean): Outcome {
  if (caller === 'anonymous') return 401;
  if (caller === 'reader') return 403;
  if (caller === 'editor' || caller === 'admin') return 'done';
  const drafts = kind === 'draft' || kind === 'trashed draft';
  return own && (caller === 'author' || drafts) ? 'done' : 404;
}
/** Writes do not find trashed articles, except the ones that restore or delete them. */
const writeUntrashedOutcome = (caller: CallerName, kind: Kind, own: boolean): Outcome => {
  const outcome = writeOutcome(caller, kind, own);
  return outcome === 'done' && kind.startsWith('trashed') ? 404 : outcome;
};

/** Its history is read by who reads the article while it is a draft. */
const historyOutcome = (caller: CallerName, kind: Kind, own: boolean): Outcome => {
  if (caller === 'anonymous') return 401;
  return kind.startsWith('trashed') ? 404 : readOutcome(caller, 'draft', own);
};
const trashedHistoryOutcome = (caller: CallerName, _: Kind, own: boolean) => historyOutcome(caller, 'draft', own);
/** Previews: readers see all, authors their own, contributors none. */
function previewsOutcome(caller: CallerName, kind: Kind, own: boolean): Outcome {
  if (caller === 'anonymous') return 401;
  if (caller === 'contributor') return 403;
  return (READS_ALL.includes(caller) || own) && !kind.startsWith('trashed') ? 'done' : 404;
}
const previewOutcome = (caller: CallerName, kind: Kind, own: boolean): Outcome =>
  caller === 'contributor' ? 403 : writeUntrashedOutcome(caller, kind, own);

/** Working drafts: every kind of article has one here. Readers see all, authors their own, contributors none. */
const draftReadOutcome = previewsOutcome;
const draftWriteOutcome = previewOutcome;
/** Saving and publishing take a published article. */
const draftSaveOutcome = (caller: CallerName, kind: Kind, own: boolean): Outcome => {
  const outcome = draftWriteOutcome(caller, kind, own);
  return outcome === 'done' && kind !== 'published' ? 409 : outcome;
};

interface Case {
  outcome: (caller: CallerName, kind: Kind, own: boolean) => Outcome;
  query?: string;
  body?: object;
}

/** Every operation with an article in its path. One that is missing here fails the first test. */
const CASES: Record<string, Case[]> = {
  'GET /articles/{idOrSlug}': [{ outcome: readOutcome }, { outcome: readTrashOutcome, query: '?trashed=true' }],
  'GET /articles/{id}/categories': [{ outcome: readOutcome }],
  'GET /articles/{id}/previews': [{ outcome: previewsOutcome }],
  'GET /articles/{id}/previews/{previewId}': [{ outcome: previewsOutcome }],
  'POST /articles/{id}/previews': [{ outcome: previewOutcome, body: {} }],
  'DELETE /articles/{id}/previews/{previewId}': [{ outcome: previewOutcome }],
  'GET /articles/{id}/draft': [{ outcome: draftReadOutcome }],
  'PATCH /articles/{id}/draft': [{ outcome: draftSaveOutcome, body: { title: 'Taken over' } }],
  'POST /articles/{id}/draft/publish': [{ outcome: draftSaveOutcome, body: {} }],
  'DELETE /articles/{id}/draft': [{ outcome: draftWriteOutcome }],
  'PATCH /articles/{id}': [
    { outcome: writeUntrashedOutcome, body: { title: 'Taken over' } },
    { outcome: writeUntrashedOutcome, body: { categoryIds: [] } },
  ],
  'DELETE /articles/{id}': [{ outcome: writeUntrashedOutcome }, { outcome: writeOutcome, query: '?permanent=true' }],
  'POST /articles/{id}/restore': [{ outcome: writeOutcome }],
  ...Object.fromEntries(
    ['', '/{number}', '/{number}/diff'].map((path) => [
      `GET /articles/{id}/revisions${path}`,
      [{ outcome: historyOutcome }, { outcome: trashedHistoryOutcome, query: '?trashed=true' }],
    ]),
  ),
  'POST /articles/{id}/revisions/{number}/restore': [{ outcome: writeUntrashedOutcome }],
  'PUT /articles/{id}/categories/{categoryId}': [{ outcome: writeUntrashedOutcome }],
  'DELETE /articles/{id}/categories/{categoryId}': [{ outcome: writeUntrashedOutcome }],
};

/** Operations on rows that belong to an account, tested below, and on rows without an owner, where only the role counts. */
const OWNED_BY_ACCOUNTS = ['DELETE /sessions/{id}', 'DELETE /tokens/{id}'];
const WITHOUT_OWNER = / \/(categories|authors|redirects|accounts|invitations)\//;
/** Whoever has the secret is any caller. */
const BY_SECRET = 'GET /previews/{secret}';

test('Every route with an id is tested here', () => {
  const names = operations.map(({ name }) => name).filter((name) => name.includes('{') && !WITHOUT_OWNER.test(name));
  expect(names.sort()).toEqual([...Object.keys(CASES), ...OWNED_BY_ACCOUNTS, BY_SECRET].sort());
});

const all = Object.entries(CASES).flatMap(([name, cases]) => cases.map((each) => [name, each] as const));

describe.each(all)('%s %o', (name, { outcome, query = '', body }) => {
  describe.each(CALLERS)('as %s', (caller) => {
    const ownerships = HAS_OWN.includes(caller) ? (['own', 'foreign'] as const) : (['foreign'] as const);
    test.each(KINDS.flatMap((kind) => ownerships.map((ownership) => [kind, ownership] as const)))(
      'on a %s article, %s',
      async (kind, ownership) => {
        const own = ownership === 'own';
        const article = await articleOf(own ? (caller as Role) : 'another account', kind);
        const [method = '', path = ''] = name.split(' ');
        const url = path
          .replace(/\{id(OrSlug)?\}/, String(article.id))
          .replace('{categoryId}', String(otherCategory.id))
          .replace('{number}', '1')
          .replace('{previewId}', String(await insertPreview(article.id)));
        await insertDraft(article.id);
        const before = await stateOf(article.id);
        const response = await clientOf(caller).call(method, url + query, body);
        const expected = outcome(caller, kind, own);
        if (expected === 'done') return expect(response.status, JSON.stringify(response.body)).toBeLessThan(300);
        expectProblem(response, expected, CODES[expected]);
        expect(await stateOf(article.id), 'nothing changes').toEqual(before);
      },
    );
  });
});

const CODES = { 401: 'unauthorized', 403: 'forbidden', 404: 'not_found', 409: 'not_published' } as const;

/** By hand: only a published article gets one over HTTP. */
const insertDraft = (articleId: number) =>
  server.database.pool.query(
    `insert into article_drafts (article_id, version, base_version, title, slug, category_ids, author_ids)
     select id, version + 1, version, 'Draft', slug, '{}', '{}' from articles where id = $1`,
    [articleId],
  );

/** By hand: an article in the trash gets none over HTTP. */
async function insertPreview(articleId: number): Promise<number> {
  const { rows } = await server.database.pool.query(
    `insert into article_previews (article_id, hash, expires_at)
     values ($1, sha256(random()::text::bytea), now() + interval '1 day') returning id`,
    [articleId],
  );
  return rows[0].id;
}

async function stateOf(id: number) {
  const { rows } = await server.database.pool.query(
    `select to_jsonb(articles) as article, (select array_agg(category_id order by 1) from article_categories
     where article_id = articles.id) as category_ids, (select count(*) from article_previews
     where article_id = articles.id) as previews, (select to_jsonb(draft) from article_drafts as draft
     where article_id = articles.id) as draft from articles where id = $1`,
    [id],
  );
  return rows;
}

test.each(HAS_OWN as Role[])('For a %s, articles of others and missing articles look the same', async (role) => {
  const { id } = await articleOf('another account', 'draft');
  const missing = 999_999_999;
  const responseFor = async (article: number) => {
    const { status, body } = await server.as[role].patch(`/articles/${article}`, { title: 'Mine' });
    return JSON.stringify({ status, body }).replaceAll(String(article), 'N');
  };
  expect(await responseFor(id)).toBe(await responseFor(missing));
});

describe.each(ROLES)('A signed-in %s', (role) => {
  test('can end only their own sessions', async () => {
    const account = await newAccount(server, role);
    const [person, elsewhere] = [await signIn(server, account), await signIn(server, account)];
    const stranger = await signIn(server, 'admin');
    const idOf = async (of: Client) =>
      (await of.get('/sessions')).body.data.find(({ current }: { current: boolean }) => current).id;
    expectProblem(await person.delete(`/sessions/${await idOf(stranger)}`), 404, 'not_found');
    expect((await stranger.get('/account')).status).toBe(200);
    expect((await person.delete(`/sessions/${await idOf(elsewhere)}`)).status).toBe(204);
    expectProblem(await elsewhere.get('/account'), 401, 'unauthorized');
  });

  test(`can revoke ${role === 'admin' ? 'all tokens' : 'only their own tokens'}`, async () => {
    const [person, stranger] = [await signIn(server, role), await signIn(server, role)];
    const [own, foreign] = await Promise.all(
      [person, stranger].map(async (of) => (await of.post('/tokens', { name: 'mine', role })).body),
    );
    expect((await person.get('/tokens')).body.data.map(({ id }: { id: number }) => id)).toContain(own.id);
    expect((await person.delete(`/tokens/${own.id}`)).status).toBe(204);
    const response = await person.delete(`/tokens/${foreign.id}`);
    if (role === 'admin') return expect(response.status).toBe(204);
    expectProblem(response, 404, 'not_found');
    expect((await new Client(server.url, foreign.token).get('/articles')).status).toBe(200);
  });
});
