import { test as base, expect } from '@playwright/test';
import { collectComplaints } from './complaints.ts';
import { type GameServer, startServer } from './server.ts';

interface TestFixtures {
  /** What the page complained of; a test fails when something is left in it. */
  readonly complaints: string[];
}

interface WorkerFixtures {
  readonly server: GameServer;
  /** Where the page is, without a token. */
  readonly address: string;
}

/** A test with the real server behind the page, that fails on any complaint of the page. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what is needed
    async ({}, use) => {
      await using server = await startServer();
      await use(server);
    },
    { scope: 'worker' },
  ],
  address: [async ({ server }, use) => use(server.address), { scope: 'worker' }],
  complaints: [
    async ({ page }, use) => {
      const complaints = collectComplaints(page);
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
