import { describe, expect, test } from 'vitest';
import { useServer } from '../harness/server.ts';

const server = useServer();

describe('POST /articles answers 201', () => {
  test('with the whole row, its Location and ETag', async () => {
    const { as } = server;
    const food = await as.editor.post('/categories', { name: 'Food' });
    const answer = await as.editor.post('/articles', { title: 'Bread without haste', categoryIds: [food.body.id] });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ title: 'Bread without haste', slug: 'bread-without-haste', status: 'published' });
  });
});
