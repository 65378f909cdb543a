import { defineConfig } from 'vitest/config';

/**
 * `npm test` runs the tests of all workspaces in one process, which writes one report. The scripts in package.json choose
 * the files by their names, see CONTRIBUTING.md.
 */
export default defineConfig({ test: { projects: ['packages/*', 'server', 'admin'] } });
