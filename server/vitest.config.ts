import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'server',
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/harness/cluster.ts', 'test/process/build.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Vitest requires the same number in all projects that it runs together.
    maxWorkers: 3,
    // Test files share modules: each has a database and a server of its own, and leaves no state in a module.
    isolate: false,
  },
});
