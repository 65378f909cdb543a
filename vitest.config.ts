import { defineConfig } from 'vitest/config';

/** `npm test` runs the tests of all workspaces in one process, which writes one report. */
export default defineConfig({ test: { projects: ['packages/*', 'server'] } });
