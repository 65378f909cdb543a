import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/database/schema/field-limits.ts';
import { newAccount, signIn } from '../harness/browser-client.ts';
import { Client } from '../harness/client.ts';
import { operations } from '../harness/operations.ts';
import { expectProblem } from '../harness/problem.ts';
import { minutesFromNow, newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

/**
 * OWASP API1:2023 (broken object level authorization), ASVS 8.2.2: every route that names an article, for every role, on
 * articles of every kind, their own and those of others. What is expected is written out by hand, not read from the code.
 */

const server = useServer();
const CALLERS = ['anonymous', ...ROLES] as const;
type CallerName = (typeof CALLERS)[number];
const clientOf = (name: CallerName): Client => (name === 'anonymous' ? server.anonymous : server.as[name]);

const KINDS = ['draft', 'scheduled', 'published', 'trashed draft', 'trashed'] as const;
type Kind = (typeof KINDS)[number];

/** An article of that kind that belongs to the caller, or to nobody whom they know. */
async function articleOf(owner: Role | 'somebody else', kind: Kind): Promise<{ id: number; slug: string }> {
  const creator = owner === 'contributor' || owner === 'author' ? server.as[owner] : server.as.editor;
  const category = await newCategory(server.as.editor);
  const article = await newArticle(creator, {
    publishedAt: null,
    ...(creator === server.as.editor && { categoryIds: [category.id] }),
  });
  const publishedAt = { scheduled: minutesFromNow(60), published: minutesFromNow(-60), trashed: minutesFromNow(-60) };
  if (kind in publishedAt) {
    await server.as.editor.patch(`/articles/${article.id}`, { publishedAt: publishedAt[kind as 'trashed'] });
  }
  if (kind.startsWith('trashed')) await server.as.editor.delete(`/articles/${article.id}`);
  return article;
}

type Outcome = 'done' | 401 | 403 | 404;
const SEES_ALL: CallerName[] = ['reader', 'editor', 'admin'];
const HAS_OWN: CallerName[] = ['contributor', 'author'];

function mayRead(caller: CallerName, kind: Kind, own: boolean): Outcome {
  if (kind.startsWith('trashed')) return 404;
  if (kind === 'published') return 'done';
  return SEES_ALL.includes(caller) || (own && HAS_OWN.includes(caller)) ? 'done' : 404;
}

function mayReadTrash(caller: CallerName, kind: Kind, own: boolean): Outcome {
  return mayRead(caller, kind.startsWith('trashed') ? 'draft' : kind, own);
}

function mayWrite(caller: CallerName, kind: Kind, own: boolean): Outcome {
  if (caller === 'anonymous') return 401;
  if (caller === 'reader') return 403;
  if (caller === 'editor' || caller === 'admin') return 'done';
  const drafts = kind === 'draft' || kind === 'trashed draft';
  return own && (caller === 'author' || drafts) ? 'done' : 404;
}
/** What is in the trash is not there for writes, but for those that are about the trash. */
const mayWriteLive = (caller: CallerName, kind: Kind, own: boolean): Outcome => {
  const outcome = mayWrite(caller, kind, own);
  return outcome === 'done' && kind.startsWith('trashed') ? 404 : outcome;
};

interface Case {
  outcome: (caller: CallerName, kind: Kind, own: boolean) => Outcome;
  query?: string;
  body?: object;
}

/** Every operation whose path names an article; one that is not here fails the first test. */
const CASES: Record<string, Case[]> = {
  'GET /articles/{idOrSlug}': [{ outcome: mayRead }, { outcome: mayReadTrash, query: '?trashed=true' }],
  'GET /articles/{id}/categories': [{ outcome: mayRead }],
  'PATCH /articles/{id}': [
    { outcome: mayWriteLive, body: { title: 'Taken over' } },
    { outcome: mayWriteLive, body: { categoryIds: [] } },
  ],
  'DELETE /articles/{id}': [{ outcome: mayWriteLive }, { outcome: mayWrite, query: '?permanent=true' }],
  'POST /articles/{id}/restore': [{ outcome: mayWrite }],
  'PUT /articles/{id}/categories/{categoryId}': [{ outcome: mayWriteLive }],
  'DELETE /articles/{id}/categories/{categoryId}': [{ outcome: mayWriteLive }],
};

/** What else names a row: whose it may be is tested at the end, or it is nobody's and a matter of the role alone. */
const OF_PEOPLE = ['DELETE /sessions/{id}', 'DELETE /tokens/{id}'];
const OF_NOBODY = / \/(categories|authors|accounts|invitations)\//;

test('Every route that names a row is among these', () => {
  const named = operations.map(({ name }) => name).filter((name) => name.includes('{') && !OF_NOBODY.test(name));
  expect(named.sort()).toEqual([...Object.keys(CASES), ...OF_PEOPLE].sort());
});

const all = Object.entries(CASES).flatMap(([name, cases]) => cases.map((each) => [name, each] as const));

describe.each(all)('%s %o', (name, { outcome, query = '', body }) => {
  describe.each(CALLERS)('as %s', (caller) => {
    test.each(KINDS.flatMap((kind) => [true, false].map((own) => [kind, own ? 'own' : 'foreign'] as const)))(
      'on a %s one, %s',
      async (kind, whose) => {
        const own = whose === 'own' && HAS_OWN.includes(caller);
        const article = await articleOf(own ? (caller as Role) : 'somebody else', kind);
        const category = await newCategory(server.as.editor);
        const [method = '', path = ''] = name.split(' ');
        const url = path.replace(/\{id(OrSlug)?\}/, String(article.id)).replace('{categoryId}', String(category.id));
        const before = await stateOf(article.id);
        const answer = await clientOf(caller).call(method, url + query, body);
        const expected = outcome(caller, kind, own);
        if (expected === 'done') return expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
        expectProblem(
          answer,
          expected,
          expected === 404 ? 'not_found' : expected === 403 ? 'forbidden' : 'unauthorized',
        );
        expect(await stateOf(article.id), 'nothing has changed').toEqual(before);
      },
    );
  });
});

async function stateOf(id: number) {
  const { rows } = await server.database.pool.query(
    `select to_jsonb(articles) as article, (select array_agg(category_id order by 1) from article_categories
     where article_id = articles.id) as filed from articles where id = $1`,
    [id],
  );
  return rows;
}

test.each(HAS_OWN as Role[])('To a %s what is not theirs and what is not there look the same', async (role) => {
  const { id } = await articleOf('somebody else', 'draft');
  const missing = 999_999_999;
  const told = async (article: number) => {
    const { status, body } = await server.as[role].patch(`/articles/${article}`, { title: 'Mine' });
    return JSON.stringify({ status, body }).replaceAll(String(article), 'N');
  };
  expect(await told(id)).toBe(await told(missing));
});

describe.each(ROLES)('A %s who is signed in', (role) => {
  test("ends their own sessions and nobody else's", async () => {
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

  test(`revokes their own tokens ${role === 'admin' ? "and everybody else's" : 'and no others'}`, async () => {
    const [person, stranger] = [await signIn(server, role), await signIn(server, role)];
    const [own, foreign] = await Promise.all(
      [person, stranger].map(async (of) => (await of.post('/tokens', { name: 'mine', role })).body),
    );
    expect((await person.get('/tokens')).body.data.map(({ id }: { id: number }) => id)).toContain(own.id);
    expect((await person.delete(`/tokens/${own.id}`)).status).toBe(204);
    const answer = await person.delete(`/tokens/${foreign.id}`);
    if (role === 'admin') return expect(answer.status).toBe(204);
    expectProblem(answer, 404, 'not_found');
    expect((await new Client(server.url, foreign.token).get('/articles')).status).toBe(200);
  });
});
