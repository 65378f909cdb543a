import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/database/limits.ts';
import type { Client } from '../harness/client.ts';
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

test('Every route that names an article is among these', () => {
  const named = operations.map(({ name }) => name).filter((name) => name.includes(' /articles/{'));
  expect(named.sort()).toEqual(Object.keys(CASES).sort());
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
