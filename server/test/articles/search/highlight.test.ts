import { expect, test } from 'vitest';
import { expectProblem } from '../../harness/problem.ts';
import { newArticle, newCategory } from '../../harness/seed.ts';
import { useServer } from '../../harness/server.ts';

const server = useServer();

test('GET /articles?highlight=true shows where the search matches, as text', async () => {
  const { id: categoryId } = await newCategory(server.as.editor);
  const { id } = await newArticle(server.as.editor, {
    title: 'Marked',
    contentFormat: 'html',
    content: '<p>A <b>lighthouse</b> &amp; a <script>x</script></p>',
    categoryIds: [categoryId],
  });
  const snippet = [
    { text: 'A ', match: false },
    { text: 'lighthouse', match: true },
    { text: ' & a x', match: false },
  ];
  const lists = [
    '/articles?q=lighthouse',
    `/categories/${categoryId}/articles?q=lightho`,
    '/articles?q=lighthouse&sort=relevance',
  ];
  for (const list of lists) {
    const { status, body } = await server.anonymous.get(`${list}&highlight=true`);
    expect([status, body.data[0].id, body.data[0].snippet], list).toEqual([200, id, snippet]);
    expect((await server.anonymous.get(`${list}&highlight=false`)).body.data[0]).not.toHaveProperty('snippet');
  }
  const { body } = await server.anonymous.get('/articles?q=lighthouse&highlight=true&fields=title');
  expect(body.data).toEqual([{ title: 'Marked', snippet }]);
});

test('GET /articles?highlight=true returns 400 without q', async () => {
  expectProblem(await server.anonymous.get('/articles?highlight=true'), 400, 'invalid_request', ['/highlight']);
});

test('a cursor does not depend on highlight', async () => {
  for (let n = 0; n < 3; n += 1) await newArticle(server.as.editor, { title: `Buoy ${n}` });
  const { body: first } = await server.anonymous.get('/articles?q=buoy&limit=2&highlight=true');
  const { status, body } = await server.anonymous.get(`/articles?q=buoy&limit=2&after=${first.page.next}`);
  expect([status, body.data.length]).toEqual([200, 1]);
});
