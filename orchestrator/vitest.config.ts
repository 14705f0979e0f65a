import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'orchestrator',
    include: ['src/**/*.test.ts'],
    environment: 'node',
    // Some tests start the server as a process, which takes seconds on a busy machine.
    testTimeout: 60_000,
  },
});
