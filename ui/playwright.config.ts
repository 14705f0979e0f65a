import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** The real page, served by the real server, in Chromium (the one that `CHROMIUM` names). */
export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'chromium', testMatch: '**/*.test.ts', testIgnore: '**/firefox/**' },
    { name: 'firefox', testMatch: '**/firefox/*.test.ts' },
  ],
  outputDir: join(tmpdir(), 'project-devops-e2e'),
  workers: 1,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    locale: 'en',
    actionTimeout: 10_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
});
