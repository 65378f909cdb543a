import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/database/schema/enums.ts';
import { signIn } from '../harness/browser-client.ts';
import { Client } from '../harness/client.ts';
import type { TestEvent } from '../harness/event-stream.ts';
import { newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();

async function eventsOf(client: Client, id: number, type = 'article'): Promise<TestEvent[]> {
  const { status, body } = await client.get('/events?limit=100');
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data.filter(({ subject }: TestEvent) => subject.id === id && subject.type === type);
}
const typesOf = async (client: Client, id: number) => (await eventsOf(client, id)).map(({ type }) => type.slice(8));

const ids = {} as Record<'public' | 'drafted' | 'taken' | 'own' | 'category' | 'author', number>;

beforeAll(async () => {
  const { editor, author } = server.as;
  ids.public = (await newArticle(editor)).id;
  ids.drafted = (await newArticle(editor, { publishedAt: null, slug: 'hidden-draft' })).id;
  await editor.patch(`/articles/${ids.drafted}`, { title: 'Still hidden' });
  ids.taken = (await newArticle(editor, { slug: 'public-slug' })).id;
  await editor.patch(`/articles/${ids.taken}`, { publishedAt: null, slug: 'secret-slug' });
  await editor.patch(`/articles/${ids.taken}`, { title: 'Hidden again' });
  await editor.patch(`/articles/${ids.taken}`, { publishedAt: new Date(Date.now() - 1_000).toISOString() });
  ids.own = (await newArticle(author, { publishedAt: null })).id;
  ids.category = (await newCategory(editor)).id;
  ids.author = (await newAuthor(editor, { email: 'byline@rubric.example' })).id;
});

const SEES_DRAFTS: readonly Role[] = ['reader', 'editor', 'admin'];

describe.each(ROLES)('A %s', (role) => {
  const client = () => server.as[role];
  const seesDrafts = SEES_DRAFTS.includes(role);

  test('sees what everybody can read', async () => {
    expect(await typesOf(client(), ids.public)).toEqual(['created']);
    expect(await eventsOf(client(), ids.category, 'category')).toHaveLength(1);
    expect(await eventsOf(client(), ids.author, 'author')).toHaveLength(1);
  });

  test(seesDrafts ? 'sees drafts' : 'sees no drafts of others', async () => {
    expect(await typesOf(client(), ids.drafted)).toEqual(seesDrafts ? ['created', 'updated'] : []);
    expect(await typesOf(client(), ids.own)).toEqual(seesDrafts || role === 'author' ? ['created'] : []);
  });

  test('sees an article that was public before or after the change', async () => {
    expect(await typesOf(client(), ids.taken)).toEqual(
      seesDrafts ? ['created', 'unpublished', 'updated', 'published'] : ['created', 'unpublished', 'published'],
    );
  });

  test('learns the new slug of an article that was taken back only with the right to read it', async () => {
    const unpublished = (await eventsOf(client(), ids.taken)).find(({ type }) => type === 'article.unpublished');
    expect(unpublished?.subject.slug).toBe(seesDrafts ? 'secret-slug' : 'public-slug');
  });

  test('sees exactly the fields of an event', async () => {
    const [event] = await eventsOf(client(), ids.author, 'author');
    expect(Object.keys(event!).sort()).toEqual(['at', 'by', 'changed', 'id', 'subject', 'type']);
    expect(Object.keys(event!.subject)).toEqual(['type', 'id', 'slug']);
    expect(Object.keys(event!.by!)).toEqual(['tokenId', 'name']);
  });
});

describe('A token that is limited to categories', () => {
  test('sees unpublished articles in its categories, before or after the change', async () => {
    const { editor, admin } = server.as;
    const [inside, outside] = [await newCategory(editor), await newCategory(editor)];
    const { body } = await admin.post('/tokens', { name: 'limited', role: 'reader', categoryIds: [inside.id] });
    const limited = new Client(server.url, body.token);
    const draft = await newArticle(editor, { publishedAt: null, categoryIds: [outside.id] });
    for (const categoryIds of [[inside.id], [outside.id, inside.id], [outside.id], []])
      await editor.patch(`/articles/${draft.id}`, { categoryIds });
    expect(await typesOf(limited, draft.id)).toEqual(['updated', 'updated', 'updated']);
    expect(await typesOf(editor, draft.id)).toHaveLength(5);
    expect(await typesOf(limited, ids.public)).toEqual(['created']);
    expect(await eventsOf(limited, ids.category, 'category')).toHaveLength(1);
  });
});

test('The rights are those of now: a role that changes shows and hides the past', async () => {
  const person = await signIn(server, 'author');
  const own = await newArticle(person, { publishedAt: null });
  expect(await typesOf(person, ids.drafted)).toEqual([]);
  await server.database.pool.query("update accounts set role = 'editor' where id = $1", [person.account.id]);
  expect(await typesOf(person, ids.drafted)).toEqual(['created', 'updated']);
  await server.database.pool.query("update accounts set role = 'contributor' where id = $1", [person.account.id]);
  expect(await typesOf(person, ids.drafted)).toEqual([]);
  expect(await typesOf(person, own.id)).toEqual(['created']);
});

test('A page ends where its caller can see nothing more, and continues after that', async () => {
  const place = (await server.as.editor.get('/events?limit=100')).body.page.next;
  // More invisible events than a page looks at: entries as the triggers write them.
  await server.database.pool.query(
    `insert into audit_log (via, action, subject, subject_id, changed, subject_version, subject_slug, was_public, is_public)
     select 'database', 'article.change', 'article', $1, '{title}', n, 'hidden-draft', false, false
     from generate_series(1, 10050) as n`,
    [ids.drafted],
  );
  const { id } = await newArticle(server.as.editor);
  const first = await server.as.author.get(`/events?after=${place}`);
  expect(first.body).toMatchObject({ data: [], page: { next: String(Number(place) + 10_000) } });
  const second = await server.as.author.get(`/events?after=${first.body.page.next}`);
  expect(second.body.data).toMatchObject([{ subject: { id } }]);
  const { rows } = await server.database.pool.query('select last_event_id::text as id from event_sequence');
  expect(second.body.page.next).toBe(rows[0].id);
});
