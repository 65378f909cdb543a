import { beforeAll, describe, expect, test } from 'vitest';
import { useServer } from '../../../server/test/harness/server.ts';
import {
  type Client,
  ConnectionError,
  configure,
  createArticle,
  createCategory,
  createClient,
  getArticle,
  ifUnchanged,
  isProblem,
  listArticles,
  newIdempotencyKey,
  ProblemError,
  pages,
  rows,
  updateArticle,
} from '../src/client.ts';

const server = useServer();
let token: string;
let client: Client;

beforeAll(async () => {
  const { body } = await server.as.admin.post('/tokens', { name: 'client', role: 'editor', accountId: null });
  token = body.token;
  client = configure({ url: server.url, token }, createClient());
});

const newArticle = (title: string) => createArticle({ client, body: { title } });
const titlesOf = async (start: string) => {
  const titles: string[] = [];
  for await (const { title } of rows((after) =>
    listArticles({ client, query: { limit: 2, sort: 'title', ...(after !== undefined && { after }) } }),
  ))
    if (title.startsWith(start)) titles.push(title);
  return titles;
};
const rejected = (promise: Promise<unknown>): Promise<any> =>
  promise.then(
    () => expect.fail('was not rejected'),
    (error: unknown) => error,
  );

/** A client whose network loses the answers of the first attempts: the server gets and executes them. */
function losing(answers: number) {
  const sent: Request[] = [];
  const lossy: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    sent.push(request.clone());
    const response = await fetch(request);
    if (sent.length > answers) return response;
    await response.arrayBuffer();
    throw new TypeError('fetch failed');
  };
  return { sent, client: configure({ url: server.url, token, fetch: lossy }, createClient()) };
}

/** A client that gets these answers, and then the server's. */
function answering(...responses: Response[]) {
  const faked: typeof fetch = async (input, init) => responses.shift() ?? fetch(input, init);
  return configure({ url: server.url, token, fetch: faked }, createClient());
}

describe('A call', () => {
  test('returns the body', async () => {
    expect(await newArticle('Rye')).toMatchObject({ title: 'Rye', slug: 'rye', status: 'published' });
  });

  test('throws a problem, whose code narrows its type', async () => {
    await createCategory({ client, body: { name: 'Food', slug: 'food' } });
    const error = await rejected(createCategory({ client, body: { name: 'Other', slug: 'food' } }));
    expect(error).toBeInstanceOf(ProblemError);
    expect([error.status, error.code, error.message]).toEqual([409, 'slug_taken', error.problem.detail]);
    expect([isProblem(error), isProblem(error, 'slug_taken'), isProblem(error, 'not_found')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isProblem(new Error('another'))).toBe(false);
    if (!isProblem(error, 'slug_taken', 'not_found')) return expect.fail('the code is slug_taken');
    const code: 'slug_taken' | 'not_found' = error.code;
    expect(code).toBe('slug_taken');
  });

  test('sends the token as a bearer token, and is anonymous without one', async () => {
    const anonymous = configure({ url: server.url }, createClient());
    expect((await rejected(createArticle({ client: anonymous, body: { title: 'x' } }))).code).toBe('unauthorized');
  });

  test('throws a ConnectionError for an answer that is not from Rubric, with its status', async () => {
    const proxied = answering(
      new Response('<h1>Bad Gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } }),
    );
    const error = await rejected(createArticle({ client: proxied, body: { title: 'x' } }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error.status).toBe(502);
  });

  test('that its caller aborts throws an AbortError, also while it waits for another attempt', async () => {
    const controller = new AbortController();
    const away: typeof fetch = () => {
      setTimeout(() => controller.abort(), 10);
      return Promise.reject(new TypeError('fetch failed'));
    };
    const lost = configure({ url: server.url, fetch: away }, createClient());
    expect((await rejected(listArticles({ client: lost, signal: controller.signal }))).name).toBe('AbortError');
  });
});

describe('ifUnchanged', () => {
  test('changes a row that is as it was read', async () => {
    const article = await newArticle('Before');
    const updated = await updateArticle({ client, ...ifUnchanged(article), body: { title: 'After' } });
    expect(updated).toMatchObject({ id: article.id, title: 'After' });
  });

  test('fails with version_mismatch for a row that somebody changed since, and changes nothing', async () => {
    const article = await newArticle('Mine');
    await updateArticle({ client, path: { id: article.id }, body: { title: 'Theirs' } });
    const error = await rejected(updateArticle({ client, ...ifUnchanged(article), body: { title: 'Again mine' } }));
    expect(isProblem(error, 'version_mismatch')).toBe(true);
    expect((await getArticle({ client, path: { idOrSlug: String(article.id) } })).title).toBe('Theirs');
  });
});

describe('A write whose answer is lost', () => {
  test('is sent again with the same Idempotency-Key if it is a POST, and happens once', async () => {
    const { sent, client: lossy } = losing(2);
    const article = await createArticle({ client: lossy, body: { title: 'Once only' } });
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(
      Array(3).fill(expect.stringMatching(/^.{36}$/)),
    );
    expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
    expect(article.title).toBe('Once only');
    expect(await titlesOf('Once only')).toEqual(['Once only']);
  });

  test('has another key in each call', async () => {
    const { sent, client: lossy } = losing(0);
    for (const title of ['One', 'Two']) await createArticle({ client: lossy, body: { title } });
    expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(2);
  });

  test('is not sent again if it is a PATCH without a key, but throws a ConnectionError', async () => {
    const article = await newArticle('Patched');
    const { sent, client: lossy } = losing(1);
    const error = await rejected(
      updateArticle({ client: lossy, ...ifUnchanged(article), body: { title: 'Patched too' } }),
    );
    expect(error).toBeInstanceOf(ConnectionError);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.headers.has('idempotency-key')).toBe(false);
  });

  test('is sent again if it is a PATCH with a key', async () => {
    const article = await newArticle('Keyed');
    const { sent, client: lossy } = losing(1);
    const headers = { ...ifUnchanged(article).headers, 'Idempotency-Key': newIdempotencyKey() };
    const updated = await updateArticle({
      client: lossy,
      path: { id: article.id },
      headers,
      body: { title: 'Keyed too' },
    });
    expect(updated).toMatchObject({ title: 'Keyed too', version: article.version + 1 });
    expect(sent).toHaveLength(2);
  });
});

describe('A read', () => {
  test('is sent again when its answer is lost, three times at most', async () => {
    const twice = losing(2);
    expect((await listArticles({ client: twice.client })).data.length).toBeGreaterThan(0);
    const thrice = losing(3);
    expect(await rejected(listArticles({ client: thrice.client }))).toBeInstanceOf(ConnectionError);
    expect(thrice.sent).toHaveLength(3);
  });

  test('is sent again after a 503 with a short Retry-After, and not after a long one', async () => {
    const away = (seconds: number) =>
      Response.json(
        { code: 'database_unavailable', status: 503, detail: 'Away.' },
        { status: 503, headers: { 'retry-after': String(seconds), 'content-type': 'application/problem+json' } },
      );
    expect((await listArticles({ client: answering(away(0)) })).data.length).toBeGreaterThan(0);
    const error = await rejected(listArticles({ client: answering(away(60)) }));
    expect([error.code, error.retryAfter]).toEqual(['database_unavailable', 60]);
  });
});

describe('pages and rows', () => {
  test('walk a list to its end, in order, while rows are written', async () => {
    for (const letter of 'abcde') await newArticle(`Walk ${letter}`);
    const seen: string[] = [];
    for await (const { data } of pages((after) =>
      listArticles({ client, query: { limit: 2, sort: 'title', ...(after !== undefined && { after }) } }),
    )) {
      seen.push(...data.map(({ title }) => title).filter((title) => title.startsWith('Walk')));
      await newArticle(`Aaa ${seen.length} ${Math.random()}`);
    }
    expect(seen).toEqual('abcde'.split('').map((letter) => `Walk ${letter}`));
    expect(await titlesOf('Walk')).toEqual(seen);
  });

  test('end at the last event: the log has no last page', async () => {
    const { listEvents } = await import('../src/client.ts');
    let events = 0;
    for await (const _ of rows((after) => listEvents({ client, query: { limit: 100, after: Number(after ?? 0) } })))
      events++;
    expect(events).toBeGreaterThan(10);
  });
});
