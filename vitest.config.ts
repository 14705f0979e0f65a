import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A core kept free, as is usual, would be half of a small machine.
    maxWorkers: '100%',
    projects: [
      'simulation',
      'orchestrator',
      'loadgen',
      'sandbox-images/service',
      'ui',
      'ui/vitest.browser.config.ts',
      'scripts',
    ],
  },
});
