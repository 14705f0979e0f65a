import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Logic, in Node. Components are tested in a browser: see vitest.browser.config.ts. */
export default defineConfig({
  plugins: [vue()],
  test: {
    name: 'ui',
    include: ['src/**/*.test.ts'],
    exclude: ['src/**/*.browser.test.ts'],
    isolate: false,
  },
});
