import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Games and checks by axe take their time on a busy machine; the limit only ends a test that hangs. */
const TEST_TIMEOUT_MS = 180_000;

/** The real page, served by the real server, in Chromium (the one that `CHROMIUM` names). */
export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'chromium', testMatch: '**/*.test.ts', testIgnore: '**/firefox/**' },
    { name: 'firefox', testMatch: '**/firefox/*.test.ts' },
  ],
  outputDir: join(tmpdir(), 'project-devops-e2e'),
  // Games last as long as they do at four times the speed; meanwhile another file is tested.
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    locale: 'en',
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
});
