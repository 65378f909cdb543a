import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/database/connection.ts';
import { runChecks } from '../../src/doctor/doctor.service.ts';
import { importWordPress } from '../../src/imports/wordpress/wordpress.service.ts';
import { expectProblem } from '../harness/problem.ts';
import { newArticle, newCategory } from '../harness/seed.ts';
import { useServer } from '../harness/server.ts';
import { category, importText, inChunks, link, post, wxrExport } from './build-export.ts';

const server = useServer({ LOCK_TIMEOUT_MS: '300' });

const FIRST = wxrExport([
  category('harbour'),
  category('boats'),
  post({ id: 1, title: 'One', links: [link('harbour')] }),
]);
const SECOND = wxrExport([
  category('harbour'),
  category('boats', { name: 'All boats' }),
  post({ id: 1, title: 'One', links: [link('harbour')] }),
  // Long enough for a batch of its own, so that it is written before the end of the file.
  post({ id: 2, title: 'Two', slug: 'two', links: [link('harbour')], content: 'word '.repeat(40_001) }),
]);

/** Starts an import that has written all of its articles and waits for the end of its file until `finish` is called. */
async function startImport(text: string) {
  const connection = connect({
    ...server.config.database,
    statementTimeoutMs: 0,
    lockTimeoutMs: 0,
    connectionString: server.databaseUrl,
  });
  onTestFinished(() => connection.close());
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let passes = 0;
  async function* open() {
    passes += 1;
    yield* inChunks(text);
    if (passes < 2) return;
    reached.resolve();
    await released.promise;
  }
  const finished = importWordPress(connection.db, open, { dryRun: false, importTags: true, maxIds: 1_000 });
  await Promise.race([reached.promise, finished]);
  return () => {
    released.resolve();
    return finished;
  };
}

test('during an import only what it changes waits, and what waits for too long is 503 lock_timeout', async () => {
  const { editor } = server.as;
  await importText(server.database, FIRST);
  const { body } = await editor.get('/categories/harbour');
  const [parent, other] = [await newCategory(editor), await newCategory(editor)];
  const finish = await startImport(SECOND);
  expect((await editor.patch(`/categories/${body.id}`, { parentId: parent.id })).status).toBe(200);
  expect((await editor.delete(`/categories/${other.id}`)).status).toBe(204);
  await newArticle(editor, { categoryIds: [body.id] });
  const refused = [
    await editor.delete(`/categories/${body.id}`),
    await editor.post('/articles', { title: 'Also two', slug: 'two' }),
  ];
  for (const response of refused) {
    expectProblem(response, 503, 'lock_timeout');
    expect(response.headers.get('retry-after')).toBe('1');
  }
  const totals = (await finish()).totals;
  expect(totals.posts).toMatchObject({ created: 1, unchanged: 1 });
  expect(totals.categories).toMatchObject({ updated: 1, unchanged: 1 });
  expect((await editor.get('/categories/boats')).body.name).toBe('All boats');
  expect((await editor.get(`/categories/${parent.id}`)).body.articleCountDeep).toBe(3);
  expect((await editor.delete(`/categories/${body.id}`)).status).toBe(204);
  expect((await runChecks(server.database.db)).flatMap(({ first }) => first)).toEqual([]);
});
