import { defineConfig } from 'vitest/config';

/** Games and statistics take seconds on a busy machine; the limit only ends a test that hangs. */
const TEST_TIMEOUT_MS = 180_000;

export default defineConfig({
  test: {
    name: 'simulation',
    include: ['src/**/*.test.ts'],
    testTimeout: TEST_TIMEOUT_MS,
    isolate: false,
  },
});
