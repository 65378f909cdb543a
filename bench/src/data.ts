import type { EmbeddedPostgres } from '@rubric/embedded-postgres';
import { startEmbeddedPostgres } from '@rubric/embedded-postgres';
import type pg from 'pg';
import { EMBEDDED_NAMES } from '../../server/src/database/embedded.ts';
import { migrate } from '../../server/src/database/migrate.ts';
import { createComparisonDatabases, restoreComparisonDatabases } from './comparison-databases.ts';
import { bulkClient, checkCounts, deriveCounts, deriveRevisions, deriveSearch } from './derive.ts';
import type { Options } from './options.ts';
import { printProgress } from './progress.ts';
import { articlesAt, seed } from './seed.ts';

/** For all three servers. All other settings are the defaults of the embedded PostgreSQL: commits wait for the disk. */
export const SETTINGS = { shared_buffers: '1GB', max_wal_size: '4GB', checkpoint_timeout: '30min', jit: 'off' };

/** For ten million articles the search index would take 40 GB, and search has no target at that size. */
export const hasSearch = (scale: number) => scale <= 1;

/** Starts PostgreSQL on the folder that is kept, and seeds missing data. Completes a seed that was interrupted. */
export async function openData({ keep, scale }: Options): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ ...EMBEDDED_NAMES, directory: keep, settings: SETTINGS });
  if (!postgres.isOwner) throw new Error(`Another process runs PostgreSQL on ${keep}.`);
  const url = postgres.connectionString;
  await migrate(url);
  const client = await bulkClient(url);
  try {
    const count = articlesAt(scale);
    const fresh = await fill(client, 'article_categories', count * 3, async () => {
      await client.query('truncate categories, articles, authors restart identity cascade');
      await seed(client, scale);
    });
    if (hasSearch(scale)) await fill(client, 'article_search', count, () => deriveSearch(url, count));
    await fill(client, 'article_revisions', count, () => deriveRevisions(url, count));
    const counted = await fill(client, 'counted_articles', count, () => deriveCounts(url, count));
    if (fresh || counted) {
      await timed('vacuum analyze', () => client.query('vacuum (analyze, freeze)'));
      await timed('check the counts', () => checkCounts(client));
    }
    await timed('databases of the floor and the textbook', () =>
      createComparisonDatabases(client, url, count * 3, fresh),
    );
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  } finally {
    await client.end();
  }
}

/**
 * Fills a table that has too few rows. More rows than seeded are left from an interrupted run. @returns whether it filled
 * the table
 */
async function fill(client: pg.Client, table: string, wanted: number, work: () => Promise<void>): Promise<boolean> {
  const { rows } = await client.query<{ found: string }>(`select count(*) as found from ${table}`);
  if (Number(rows[0]?.found) >= wanted) return false;
  await timed(`fill ${table}`, work);
  return true;
}

async function timed(what: string, work: () => Promise<unknown>) {
  const since = performance.now();
  await work();
  printProgress(`${what}: ${((performance.now() - since) / 1000).toFixed(1)} s`);
}

/**
 * Deletes the rows that a run wrote, so that the next run finds only seeded data. Links come first, in one statement, since
 * each statement that deletes links updates the counts once. The checkpoint writes everything to disk, so that no round
 * pays for the writes of another.
 */
export async function restore(client: pg.Client, rubricUrl: string, scale: number): Promise<void> {
  const seeded = articlesAt(scale);
  await client.query('delete from article_categories where article_id > $1', [seeded]);
  await client.query('delete from articles where id > $1', [seeded]);
  await restoreComparisonDatabases(rubricUrl, scale);
  await client.query("delete from api_tokens where name = 'bench'");
  await client.query('checkpoint');
}
