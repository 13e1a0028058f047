import { defineConfig } from 'vitest/config';

const node = { environment: 'node' as const, testTimeout: 30_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Vitest takes one worker fewer than there are cores, thus one of the two that the CI has. The browser tests run after the rest.
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['server/**/*.ts', 'web/**/*.{ts,tsx}'],
      reporter: ['text-summary'],
      reportsDirectory: '.build/coverage',
    },
    projects: [
      // Files share what they load: a third of their time went into loading it anew.
      { test: { ...node, name: 'unit', isolate: false, include: ['test/unit/**/*.test.{ts,tsx}'] } },
      { test: { ...node, name: 'api', include: ['test/{api,faults}/**/*.test.ts'], testTimeout: 60_000 } },
      {
        test: {
          ...node,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/server.ts'],
          testTimeout: 90_000,
          // A page settles in its own time on a busy machine.
          expect: { poll: { timeout: 20_000 } },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
