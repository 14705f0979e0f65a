import { defineConfig } from 'vitest/config';

/** The whole tree is read by some tests; the limit only ends one that hangs. */
const TEST_TIMEOUT_MS = 60_000;

export default defineConfig({
  test: {
    name: 'scripts',
    include: ['**/*.test.ts'],
    testTimeout: TEST_TIMEOUT_MS,
    isolate: false,
  },
});
