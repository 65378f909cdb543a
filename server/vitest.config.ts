import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'server',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/harness/cluster.ts', 'test/process/build.ts'],
    // No test passes or fails by its length: the limits only end one that hangs, also on a slow machine.
    testTimeout: 600_000 * Math.max(1, Number(process.env['RUBRIC_TEST_RUNS'] ?? 1)),
    hookTimeout: 600_000,
    // Vitest requires the same number in all projects that it runs together.
    maxWorkers: 4,
    // Test files share modules: each has a database and a server of its own, and leaves no state in a module.
    isolate: false,
  },
});
