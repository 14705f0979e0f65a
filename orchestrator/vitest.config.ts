import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'orchestrator',
    include: ['src/**/*.test.ts'],
    // Those need a container engine; vitest.docker.config.ts runs them.
    exclude: ['src/**/*.docker.test.ts'],
    environment: 'node',
    // Some tests start the server as a process, which takes seconds on a busy machine.
    testTimeout: 60_000,
    // To load the modules anew for each file takes as long as the tests.
    isolate: false,
  },
});
