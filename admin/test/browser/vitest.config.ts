import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `npm run test:browser`: each file is one job of a person, in a real browser, with a server and a database of its own. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    name: 'browser',
    include: ['**/*.test.ts'],
    // They only end a test that hangs, also on a slow machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Each has a PostgreSQL, a server and a browser.
    maxWorkers: 2,
  },
});
