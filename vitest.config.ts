import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['simulation', 'orchestrator', 'ui', 'ui/vitest.browser.config.ts', 'scripts'],
  },
});
