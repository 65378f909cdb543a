import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { type Connection, connect } from '../../src/database/connection.ts';
import { cloneDatabase } from '../harness/server.ts';
import { importText, post, wxrExport } from './build-export.ts';

/** Without a server, whose worker would index the articles. */
let database: Connection;
let drop: () => Promise<void>;
beforeAll(async () => {
  const clone = await cloneDatabase();
  drop = clone.drop;
  database = connect({ ...readConfig({}).database, connectionString: clone.url });
});
afterAll(async () => {
  await database.close();
  await drop();
});

test.each(['creates', 'changes'])('An import makes the search documents of the articles that it %s', async (verb) => {
  const posts = Array.from({ length: 3 }, (_, id) =>
    post({ id, title: `Tide ${id} ${verb}`, content: 'The sea.', slug: `${id}` }),
  );
  await importText(database, wxrExport(posts));
  const { rows } = await database.pool.query(
    `select document = article_document(title, excerpt, content) and article_version = version as "isPresent",
       (select count(*)::int from search_backlog) as noted
     from articles join article_search on article_id = id where title like 'Tide % ' || $1`,
    [verb],
  );
  expect(rows).toEqual(posts.map(() => ({ isPresent: true, noted: 0 })));
});
