import vue from '@vitejs/plugin-vue';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/** Chromium of the system; `CHROMIUM` names another one. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Components, in Chromium. */
export default defineConfig({
  plugins: [vue()],
  /** Bundled before the first test: a library that is found later reloads the page under a running test. */
  optimizeDeps: {
    include: [
      '@dagrejs/dagre',
      'd3-drag',
      'd3-selection',
      'd3-zoom',
      'pinia',
      'typebox',
      'typebox/value',
      'uplot',
      'vitest-browser-vue',
      'vue',
      'vue-i18n',
      'yaml',
    ],
  },
  test: {
    name: 'ui-browser',
    include: ['src/**/*.browser.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath,
          args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
        },
      }),
      instances: [{ browser: 'chromium', viewport: { width: 1440, height: 900 } }],
    },
  },
});
