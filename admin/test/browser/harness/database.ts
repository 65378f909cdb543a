import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll } from 'vitest';

/** A database that a test can fill faster than the API could. Its settings go into `useSite`, which is called after it. */
export function useDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'rubric-browser-'));
  chmodSync(folder, 0o711);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    settings: { RUBRIC_DATA: folder },
    run: async (statements: string) => {
      const client = new pg.Client({ host: join(folder, 'postgres'), user: 'rubric', database: 'rubric' });
      await client.connect();
      try {
        await client.query(statements);
      } finally {
        await client.end();
      }
    },
  };
}
