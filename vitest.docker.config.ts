import { defineConfig } from 'vitest/config';

/** The tests that start real containers, one file after the other: they share the engine and two cores. */
export default defineConfig({
  test: {
    name: 'docker',
    include: ['{orchestrator,sandbox-images/service}/src/**/*.docker.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
