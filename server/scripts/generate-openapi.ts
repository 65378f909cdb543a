import { writeFileSync } from 'node:fs';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { connect } from '../src/database/connection.ts';
import { describeApi } from '../src/openapi/openapi.ts';

/** Writes `openapi.json` from the routes themselves. Asks no database anything. */
const config = readConfig({});
const connection = connect({
  connectionString: 'postgres://nobody@localhost/none',
  poolSize: 1,
  statementTimeoutMs: 1000,
  lockTimeoutMs: 0,
  prepare: true,
  pipeline: true,
});
const app = await createApp(config, connection, false);
writeFileSync(new URL('../openapi.json', import.meta.url), `${JSON.stringify(describeApi(app), null, 2)}\n`);
await app.close();
