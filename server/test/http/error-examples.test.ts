import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { ProblemCode } from '../../src/http/problems.ts';
import type { TestResponse } from '../harness/client.ts';
import { newArticle, newAuthor, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';

const server = useServer();
const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');

function exampleOf(code: ProblemCode) {
  const json = new RegExp(`^## ${code}\\n[^]*?\`\`\`json\\n([^]*?)\`\`\``, 'm').exec(page)?.[1];
  return JSON.parse(json ?? 'null');
}

const post = (path: string, body: unknown) => server.as.editor.post(path, body);
const ids = Array.from({ length: 1_001 }, (_, n) => n + 1);

const REQUESTS: [code: ProblemCode, send: () => Promise<TestResponse>][] = [
  ['invalid_request', () => post('/articles', { name: 'x' })],
  ['invalid_json', () => post('/articles', '{"title": "x" "slug": "y"}')],
  ['invalid_url', () => server.anonymous.get('/articles/100%')],
  ['too_many_ids', () => post('/articles', { title: 'x', categoryIds: ids })],
  ['method_not_allowed', () => server.anonymous.put('/articles', {})],
  ['slug_taken', () => post('/articles', { title: 'x', slug: 'taken' })],
  ['name_taken', () => post('/categories', { name: 'News' })],
  ['version_mismatch', () => server.as.editor.patch('/articles/1', {}, { headers: { 'if-match': '"9"' } })],
  ['body_too_large', () => post('/articles', ' '.repeat(1_048_577))],
  [
    'unsupported_media_type',
    () => server.as.editor.post('/articles', 'x', { headers: { 'content-type': 'text/plain' } }),
  ],
  ['unknown_category', () => post('/articles', { title: 'x', categoryIds: [1, 41, 42] })],
  ['unknown_author', () => post('/articles', { title: 'x', authorIds: [9] })],
  ['category_cycle', () => server.as.editor.patch('/categories/1', { parentId: 2 })],
];

/** A problem without `instance`, which contains the id of a row. */
const comparable = ({ instance: _, ...problem }: { instance: string }) => problem;

beforeAll(async () => {
  const article = await newArticle(server.as.editor, { slug: 'taken' });
  for (const title of ['second', 'third', 'fourth']) await server.as.editor.patch(`/articles/${article.id}`, { title });
  const { id } = await newCategory(server.as.editor, { name: 'News' });
  await newCategory(server.as.editor, { parentId: id });
  await newAuthor(server.as.editor);
});

test.each(REQUESTS)('The example of %s in docs/errors.md is the response of the server', async (code, send) => {
  const { body } = await send();
  expect(comparable(body)).toEqual(comparable(exampleOf(code)));
});
