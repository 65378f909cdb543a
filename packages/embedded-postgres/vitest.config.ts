import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'embedded-postgres',
    include: ['test/**/*.test.ts'],
    // No test passes or fails by its length: the limits only end one that hangs, also on a slow machine.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Vitest requires the same number in all projects that it runs together.
    maxWorkers: 4,
  },
});
