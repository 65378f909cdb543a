import { expect, test } from 'vitest';
import { untilStatementsWait } from '../harness/eventually.ts';
import { startRubric } from '../process/processes.ts';
import { category, importText, newDatabase, outcomes, wxrExport } from './build-export.ts';
import { manyPosts, newFile } from './export-files.ts';

test('a killed import leaves nothing behind, and a second import has the same result as one import', async () => {
  const [killed, reference] = [await newDatabase(), await newDatabase()];
  const text = wxrExport([category('boats'), ...manyPosts(1500)]);
  // The import waits for a lock in the middle of the file.
  await killed.rows(`create function wait_here() returns trigger language plpgsql as
    $$ begin if new.title = 'Post 700' then perform pg_advisory_xact_lock(42); end if; return new; end $$`);
  await killed.rows('create trigger wait_here before insert on articles for each row execute function wait_here()');
  const lock = await killed.pool.connect();
  await lock.query('select pg_advisory_lock(42)');
  const child = startRubric(['import', 'wordpress', newFile(text)], { DATABASE_URL: killed.url });
  await untilStatementsWait(killed.pool);
  child.kill('SIGKILL');
  await lock.query('select pg_advisory_unlock(42)');
  lock.release();
  await killed.rows('drop function wait_here cascade');
  expect(await killed.rows('select id from articles')).toEqual([]);
  const reports = await Promise.all([killed, reference].map((database) => importText(database, text)));
  expect(reports.map((report) => outcomes(report, 'posts'))).toEqual([['posts 1500/0/0/0'], ['posts 1500/0/0/0']]);
  const content = `select a.slug, a.title, md5(a.content) as content, a.version, a.published_at, c.slug as category
    from articles as a join article_categories on a.id = article_id join categories as c on c.id = category_id order by 1`;
  const rows = await killed.rows(content);
  expect(rows).toHaveLength(1500);
  expect(rows).toEqual(await reference.rows(content));
});
