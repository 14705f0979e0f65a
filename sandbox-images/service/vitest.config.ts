import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'sandbox-service',
    include: ['src/**/*.test.ts'],
    exclude: ['src/**/*.docker.test.ts'],
    environment: 'node',
    // Some tests start the service as a process, which takes seconds on a busy machine.
    testTimeout: 60_000,
    isolate: false,
  },
});
