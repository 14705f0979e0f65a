import { describe, expect, it } from 'vitest';
import { testRun, testScenario } from '../testing/fixtures.ts';
import { RUN_ID_PATTERN, runId, scenarioHash } from './content-hash.ts';

describe('runId', () => {
  it('is 32 hex digits', () => {
    expect(runId(testRun())).toMatch(new RegExp(RUN_ID_PATTERN));
  });

  it('does not depend on the order of keys', () => {
    const run = testRun();
    const reversed = Object.fromEntries(Object.entries(run).reverse()) as unknown as typeof run;
    expect(JSON.stringify(reversed)).not.toBe(JSON.stringify(run));
    expect(runId(reversed)).toBe(runId(run));
  });

  it("does not depend on the editor's hint, on top or in the scenario", () => {
    const $schema = 'run.json';
    expect(runId(testRun({ $schema, scenario: testScenario({ $schema }) }))).toBe(runId(testRun()));
  });

  it('depends on everything else', () => {
    const ids = [
      testRun(),
      testRun({ seed: 2 }),
      testRun({ commands: [] }),
      testRun({ endMs: 1 }),
      testRun({ stateHash: 'f'.repeat(16) }),
      testRun({ scenario: testScenario({ startingMoney: 101 }) }),
    ].map(runId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('scenarioHash', () => {
  it('tells scenarios of the same id apart', () => {
    expect(scenarioHash(testScenario({ goal: 'Easier.' }))).not.toBe(scenarioHash(testScenario()));
  });
});
