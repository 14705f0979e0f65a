import { describe, expect, it } from 'vitest';
import {
  TEST_RULESET,
  testOutcome,
  testRun,
  testScenario,
  testSummary,
} from '../testing/fixtures.ts';
import { scenarioHash } from './content-hash.ts';
import { leaderboard } from './leaderboard.ts';
import { openDatabase } from './sqlite-database.ts';
import { createSqliteRunStore } from './sqlite-run-store.ts';

async function storeWith(...scenarios: ReturnType<typeof testScenario>[]) {
  const database = openDatabase(':memory:', { now: () => 0, onNotice: () => {} });
  const store = createSqliteRunStore(database, { maxRuns: 10, maxBytes: 1e6 });
  for (const [index, scenario] of scenarios.entries()) {
    const outcome = testOutcome({ points: 50 + index });
    const summary = testSummary({
      id: String(index).repeat(32),
      scenarioHash: scenarioHash(scenario),
      verification: { state: 'verified', outcome },
    });
    await store.save(summary, testRun({ scenario }));
  }
  return store;
}

describe('leaderboard', () => {
  it('numbers the best runs from 1', async () => {
    const store = await storeWith(testScenario(), testScenario());
    const entries = await leaderboard(store, testScenario(), TEST_RULESET, 10);
    expect(entries).toEqual([
      expect.objectContaining({
        place: 1,
        runId: '1'.repeat(32),
        points: 51,
        player: 'Ada',
        rank: 'A',
      }),
      expect.objectContaining({ place: 2, runId: '0'.repeat(32), points: 50, served: 1_000 }),
    ]);
  });

  it('does not count an easier scenario of the same id', async () => {
    const store = await storeWith(testScenario({ startingMoney: 1e9 }));
    expect(await leaderboard(store, testScenario(), TEST_RULESET, 10)).toEqual([]);
  });
});
