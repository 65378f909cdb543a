import { describe, expect, test, vi } from 'vitest';
import { RevisionStorageWorker } from '../../../src/articles/revisions/storage/revision-storage.worker.ts';
import { runChecks } from '../../../src/doctor/doctor.service.ts';
import { Client } from '../../harness/client.ts';
import { eventually } from '../../harness/eventually.ts';
import { expectProblem } from '../../harness/problem.ts';
import { useRandom } from '../../harness/random.ts';
import { times } from '../../harness/seed.ts';
import { insertTestToken } from '../../harness/server.ts';
import { openOlderInstallation, upgrade } from './older-installation.ts';

const random = useRandom();
const TOKEN = 1;
const PAST = new Date('2026-01-31T06:10:00Z');
const BY_TOKEN = { tokenId: TOKEN, name: 'admin' };

test('entries become revisions with their time, kind, caller and fields, and name them', async () => {
  const older = await openOlderInstallation(random);
  const { database } = older;
  const id = await older.create(null, { content: 'One', publishedAt: PAST });
  const update = (columns: string) => database.query(`update articles set ${columns} where id = ${id}`);
  await older.transaction(TOKEN, () => update(`published_at = null`));
  await older.transaction(TOKEN, async () => {
    await update(`title = 'Two', content = 'Two'`);
    await older.replaceLinks(id, 'authorIds', [5]);
    await older.replaceLinks(id, 'authorIds', [5, 4]);
  });
  await older.transaction(null, () => update(`deleted_at = now()`));
  await older.transaction(null, () => update(`deleted_at = null`));
  await older.transaction(TOKEN, () => update(`published_at = '${PAST.toISOString()}'`));
  await database.query(`insert into accounts (name, email, role) values ('Ann', 'ann@rubric.example', 'author')`);
  await older.transaction(TOKEN, () => update(`owner_id = 1`));
  await older.transaction(TOKEN, () => update(`excerpt = 'Six', content_format = 'html'`));
  const { rows: transactions } = await database.query(
    `select distinct at from audit_log where subject = 'article' and (before is null or before <> '{"owner_id": null}') order by at`,
  );
  const { pool, editor, convertAll } = await upgrade(older);
  await convertAll();

  const { body } = await editor.get(`/articles/${id}/revisions`);
  expect(body.data.reverse()).toMatchObject([
    { number: 1, by: null, kind: 'create', published: true, changed: [] },
    { number: 2, by: BY_TOKEN, kind: 'change', published: false, changed: ['publishedAt'] },
    { number: 3, by: BY_TOKEN, kind: 'change', published: false, changed: ['title', 'content', 'authorIds'] },
    { number: 4, by: null, kind: 'change', published: false, changed: ['status'] },
    { number: 5, by: null, kind: 'restore', published: false, changed: ['status'] },
    { number: 6, by: BY_TOKEN, kind: 'publish', published: true, changed: ['publishedAt'] },
    { number: 7, by: BY_TOKEN, kind: 'change', published: true, changed: ['excerpt', 'contentFormat'] },
  ]);
  expect(body.data.map(({ at }: { at: string }) => at)).toEqual(transactions.map(({ at }) => at.toISOString()));

  const admin = new Client(editor.origin, await insertTestToken(pool, 'admin'));
  const { body: audit } = await admin.get(`/audit?subject=article&subjectId=${id}&limit=100`);
  const entries = audit.data.map(({ action, revision, changed }: any) => [action, revision, changed]);
  const isOfLinks = ([action]: [string]) => /link|reorder/.test(action);
  expect(entries.filter((entry: [string]) => !isOfLinks(entry))).toEqual([
    ['article.change', 7, ['excerpt', 'contentFormat']],
    ['article.change', null, null],
    ['article.change', 6, ['publishedAt']],
    ['article.restore', 5, ['status']],
    ['article.trash', 4, ['status']],
    ['article.change', 3, ['title', 'content']],
    ['article.change', 2, ['publishedAt']],
    ['article.create', 1, null],
  ]);
  const ofLinks = entries.filter(isOfLinks).filter(([, revision]: [string, number]) => revision !== 1);
  expect(ofLinks).not.toEqual([]);
  for (const entry of ofLinks) expect(entry).toEqual([expect.any(String), 3, ['authorIds']]);
  expect(JSON.stringify(audit)).not.toMatch(/One|Two|Six/);
});

test('a revision from the log is restored, compared and pruned like any other', async () => {
  const older = await openOlderInstallation(random);
  const id = await older.create(TOKEN, { content: 'First' });
  await times(6, (n) =>
    older.transaction(TOKEN, () =>
      older.database.query(`update articles set content = $2, title = 'Title ' || $2 where id = $1`, [
        id,
        `Content ${n}`,
      ]),
    ),
  );
  const { pool, db, editor, storage, convertAll } = await upgrade(older);
  await editor.patch(`/articles/${id}`, { content: 'After the upgrade', publishedAt: PAST });
  await convertAll();
  const { body: diff } = await editor.get(`/articles/${id}/revisions/3/diff`);
  expect(diff.fields.map(({ field }: { field: string }) => field)).toEqual(['title', 'content']);
  const { body } = await editor.post(`/articles/${id}/revisions/2/restore`);
  expect(body).toMatchObject({ version: 9, title: 'Title Content 0', content: 'Content 0', dropped: [] });

  await pool.query(
    `update article_revisions set at = '2020-01-31T12:00:00Z', open_until = null where article_id = $1`,
    [id],
  );
  await storage.pruneSome('0');
  const { body: pruned } = await editor.get(`/articles/${id}/revisions`);
  expect(pruned.data.map(({ number }: { number: number }) => number)).toEqual([9, 1]);
  expect((await editor.get(`/articles/${id}/revisions/1`)).body.content).toBe('First');
  expect((await runChecks(db)).filter(({ differences }) => differences > 0)).toEqual([]);
});

test('an article from before the log begins with what it was when its first entry was written', async () => {
  const older = await openOlderInstallation(random);
  await older.database.query('alter table articles disable trigger articles_audit_insert');
  const id = await older.create(null, { content: 'Before the log', publishedAt: PAST });
  await older.transaction(TOKEN, () =>
    older.database.query(`update articles set content = 'In the log' where id = ${id}`),
  );
  const { editor, convertAll } = await upgrade(older);
  await convertAll();
  const { body } = await editor.get(`/articles/${id}/revisions`);
  const { createdAt } = (await editor.get(`/articles/${id}`)).body;
  expect(body.data).toMatchObject([
    { number: 2, by: BY_TOKEN, kind: 'change', changed: ['content'] },
    { number: 1, by: null, kind: 'create', changed: [], at: createdAt },
  ]);
  expect((await editor.get(`/articles/${id}/revisions/1`)).body.content).toBe('Before the log');
});

test('changes without an entry, and more entries than versions, cost the history its beginning and no more', async () => {
  const older = await openOlderInstallation(random);
  const { database } = older;
  const [withGap, withTooMany] = [
    await older.create(TOKEN, { content: 'A1' }),
    await older.create(TOKEN, { content: 'B1' }),
  ];
  await older.transaction(null, () => older.replaceLinks(withGap, 'categoryIds', [1, 2]));
  await older.transaction(null, () => database.query('delete from categories where id = 1'));
  for (const [id, content] of [
    [withGap, 'A2'],
    [withTooMany, 'B2'],
    [withTooMany, 'B3'],
    [withTooMany, 'B4'],
  ] as const) {
    await older.transaction(null, () =>
      database.query('update articles set content = $2 where id = $1', [id, content]),
    );
  }
  await database.query(
    'alter table articles disable trigger all; update articles set version = 3 where id = 2; alter table articles enable trigger all',
  );
  const { editor, db, convertAll } = await upgrade(older);
  await convertAll();
  const textsOf = async (id: number) => {
    const { body } = await editor.get(`/articles/${id}/revisions`);
    const numbers: number[] = body.data.map(({ number }: { number: number }) => number).reverse();
    return times(numbers.length, async (n) => [
      numbers[n],
      (await editor.get(`/articles/${id}/revisions/${numbers[n]}`)).body.content,
    ]);
  };
  expect((await textsOf(withGap)).at(0)?.[1]).toBe('A1');
  expect((await editor.get(`/articles/${withGap}/revisions/1`)).body.content).toBe('A1');
  expect(await textsOf(withTooMany)).toEqual([
    [1, 'B2'],
    [2, 'B3'],
    [3, 'B4'],
  ]);
  expect((await runChecks(db)).filter(({ differences }) => differences > 0)).toEqual([]);
});

describe('The texts of articles that are gone for good', () => {
  test('leave the log without a revision, except the title of the last entry', async () => {
    const older = await openOlderInstallation(random);
    const { database } = older;
    const id = await older.create(TOKEN, { content: 'Text that goes' });
    await older.transaction(TOKEN, () =>
      database.query(`update articles set title = 'Title that stays', content = 'Text that goes' || content`),
    );
    await older.deleteForGood(id);
    const { pool, convertAll } = await upgrade(older);
    await convertAll();
    const { rows } = await pool.query(
      `select action, before, after, subject_version, audit_log::text as text from audit_log where subject = 'article' order by id`,
    );
    expect(rows.map(({ text }) => text).join()).not.toContain('Text that goes');
    expect(rows.find(({ action }) => action === 'article.delete')).toMatchObject({
      before: { title: 'Title that stays', slug: expect.any(String) },
    });
    expect(rows.filter(({ subject_version }) => subject_version !== null)).toEqual([]);
    expect(await pool.query('select from article_revisions')).toMatchObject({ rowCount: 0 });
  });

  test('do not become the history of another article with the same id', async () => {
    const older = await openOlderInstallation(random);
    const { database } = older;
    await older.create(TOKEN, { content: 'Secret of the first' });
    await older.transaction(TOKEN, () => database.query(`update articles set content = 'Secret of the second'`));
    await database.query('truncate articles restart identity cascade');
    older.states.clear();
    const id = await older.create(TOKEN, { content: 'Another' });
    await older.transaction(TOKEN, () => older.replaceLinks(id, 'categoryIds', [2, 1]));
    // Raises the version without an entry, so that there is a number for one more revision.
    await older.transaction(TOKEN, () => database.query('delete from categories where id = 1'));
    await older.transaction(TOKEN, () => database.query(`update articles set content = 'Another, changed'`));
    const { pool, editor, convertAll } = await upgrade(older);
    await convertAll();
    const { body } = await editor.get(`/articles/${id}/revisions`);
    const { createdAt } = (await editor.get(`/articles/${id}`)).body;
    expect(body.data.at(-1)).toMatchObject({ number: 2, kind: 'create', at: createdAt });
    const { rows } = await pool.query(
      `select article_revisions::text as text from article_revisions union all select audit_log::text from audit_log`,
    );
    expect(rows.map(({ text }) => text).join()).not.toContain('Secret');
  });

  test('do so also while the articles are deleted', async () => {
    const older = await openOlderInstallation(random);
    const ids = await times(12, () => older.create(TOKEN));
    for (const id of [...ids, ...ids, ...ids]) await older.change(TOKEN, id);
    const { db, editor, convertAll } = await upgrade(older);
    const deleteAll = async () => {
      for (const id of ids) {
        await editor.patch(`/articles/${id}`, { content: 'Late' });
        await editor.delete(`/articles/${id}?permanent=true`);
      }
    };
    await Promise.all([convertAll(), convertAll(), deleteAll()]);
    await convertAll();
    expectProblem(await editor.get(`/articles/${ids[0]}/revisions`), 404, 'not_found');
    expect((await runChecks(db)).filter(({ differences }) => differences > 0)).toEqual([]);
  });
});

test('a step looks through a part of the log, and a log without old entries needs to be looked through once', async () => {
  const older = await openOlderInstallation(random);
  const id = await older.create(TOKEN, { content: 'Old' });
  const { rows } = await older.database.query('select max(id)::int as id from audit_log');
  const oldest = rows[0].id;
  await older.database.query('alter sequence audit_log_id_seq restart with 45000');
  await older.transaction(TOKEN, () => older.database.query(`update articles set content = 'New' where id = ${id}`));
  const { pool, storage } = await upgrade(older);
  const conversion = async () =>
    (await pool.query('select last_id::int, next_id::int from audit_log_conversion')).rows[0];
  await pool.query('update audit_log_conversion set last_id = 60000, next_id = 60000');
  const seen = [];
  for (let hasMore = true; hasMore; ) {
    hasMore = await storage.convertSome();
    seen.push(await conversion());
  }
  expect(seen).toEqual([50_000, 40_000, 30_000, 20_000, 10_000, 0].map((next_id) => ({ last_id: 50_000, next_id })));
  expect(oldest).toBeLessThan(10_000);
  expect(await storage.convertSome()).toBe(false);
  expect(await pool.query('select from article_revisions where article_id = $1', [id])).toMatchObject({ rowCount: 2 });
});

test('the worker of a server does it', async () => {
  const older = await openOlderInstallation(random);
  const id = await older.create(TOKEN);
  for (let n = 0; n < 30; n += 1) await older.change(TOKEN, id);
  const { pool, storage } = await upgrade(older);
  const worker = new RevisionStorageWorker(storage);
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  worker.onApplicationBootstrap();
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  await eventually(async () =>
    expect((await pool.query('select next_id from audit_log_conversion')).rows).toEqual([{ next_id: '0' }]),
  );
  await worker.onApplicationShutdown();
});

test('an old entry can lose its texts and name its revision, and nothing else', async () => {
  const older = await openOlderInstallation(random);
  const id = await older.create(TOKEN, { content: 'Text' });
  await older.transaction(TOKEN, () =>
    older.database.query(`update articles set content = 'Other', slug = 'other' where id = ${id}`),
  );
  const { pool } = await upgrade(older);
  const CLEANED = 'before = without_article_texts(action, before), after = without_article_texts(action, after)';
  const ofArticle = `where action = 'article.change'`;
  for (const statement of [
    `update audit_log set before = '{}' ${ofArticle}`,
    `update audit_log set before = before - 'slug' ${ofArticle}`,
    `update audit_log set before = before || '{"content": "Forged"}' ${ofArticle}`,
    `update audit_log set before = without_article_texts(action, before) ${ofArticle}`,
    `update audit_log set ${CLEANED}, at = now() ${ofArticle}`,
    `update audit_log set ${CLEANED}, token_id = 7 ${ofArticle}`,
    `update audit_log set ${CLEANED}, transaction_id = pg_current_xact_id() ${ofArticle}`,
    `update audit_log set ${CLEANED}, subject_version = 77 ${ofArticle}`,
    `update audit_log set ${CLEANED}, changed = '{title}' ${ofArticle}`,
    `update audit_log set ${CLEANED} where subject = 'category'`,
    `update audit_log set ${CLEANED} ${ofArticle}; update audit_log set at = now() ${ofArticle}`,
    `update audit_log set ${CLEANED}, subject_version = 2 ${ofArticle}; update audit_log set ${CLEANED}, subject_version = 1 ${ofArticle}`,
    `delete from audit_log ${ofArticle}`,
  ]) {
    await expect(pool.query(statement), statement).rejects.toThrow('the audit log is append-only');
  }
  await pool.query(`update audit_log set ${CLEANED}, subject_version = 2, changed = '{slug,content}' ${ofArticle}`);
  const { rows } = await pool.query(`select before, after, subject_version from audit_log ${ofArticle}`);
  expect(rows).toEqual([{ before: { slug: expect.any(String) }, after: { slug: 'other' }, subject_version: 2 }]);
});
