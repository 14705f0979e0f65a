import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
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
