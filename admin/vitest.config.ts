import { defineProject } from 'vitest/config';

export default defineProject({
  test: {
    name: 'admin',
    include: ['test/**/*.test.{ts,tsx}'],
    // Those are for a browser: `npm run test:browser`.
    exclude: ['test/browser/**'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Vitest requires the same number in all projects that it runs together.
    maxWorkers: 4,
  },
});
