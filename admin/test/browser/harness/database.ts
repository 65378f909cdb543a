import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { readConfig } from '../../../../server/src/config.ts';
import { connect } from '../../../../server/src/database/connection.ts';

/** A database that a test can fill faster than the API could. Its settings go into `useSite`, which is called after it. */
export function useDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'rubric-browser-'));
  chmodSync(folder, 0o711);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const connectionString = `postgres://rubric@localhost/rubric?host=${join(folder, 'postgres')}`;
  return {
    settings: { RUBRIC_DATA: folder },
    run: async (statements: string) => {
      const connection = connect({ ...readConfig({}).database, connectionString });
      await connection.pool.query(statements);
      await connection.close();
    },
  };
}
