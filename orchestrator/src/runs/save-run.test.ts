import { describe, expect, it } from 'vitest';
import { OTHER_RULESET, TEST_RULESET, testOutcome, testRun } from '../testing/fixtures.ts';
import type { RunVerifier, Verdict } from './run-verifier.ts';
import { saveRun } from './save-run.ts';
import { openDatabase } from './sqlite-database.ts';
import { createSqliteRunStore } from './sqlite-run-store.ts';

const NOW = 1_234;
const VERIFIED: Verdict = { state: 'verified', outcome: testOutcome() };

function ports(verdict: Verdict = VERIFIED, maxRuns = 10) {
  const database = openDatabase(':memory:', { now: () => NOW, onNotice: () => {} });
  const verified: unknown[] = [];
  const verifier: RunVerifier = {
    verify: async (run) => {
      verified.push(run);
      return verdict;
    },
    close: async () => {},
  };
  const store = createSqliteRunStore(database, { maxRuns, maxBytes: 1e6 });
  return { store, verifier, verified, ruleset: TEST_RULESET, now: () => NOW };
}

describe('saveRun', () => {
  it("keeps the verifier's outcome under the player's name", async () => {
    const using = ports();
    const { created, summary } = await saveRun(using, testRun(), 'Ada');
    expect(created).toBe(true);
    expect(summary).toMatchObject({ player: 'Ada', savedAtMs: NOW, verification: VERIFIED });
    expect(await using.store.summary(summary.id)).toEqual(summary);
  });

  it('returns a run that is kept already, under its first name, without playing it again', async () => {
    const using = ports();
    const first = await saveRun(using, testRun(), 'Ada');
    expect(await saveRun(using, testRun(), 'Bob')).toEqual({
      created: false,
      summary: first.summary,
    });
    expect(using.verified).toHaveLength(1);
  });

  it('creates one run when the same is saved twice at once', async () => {
    const using = ports();
    const saved = await Promise.all([1, 2].map(() => saveRun(using, testRun(), null)));
    expect(saved.map(({ created }) => created).sort()).toEqual([false, true]);
  });

  it('keeps a run of other rules unverified and does not play it', async () => {
    const using = ports();
    const { summary } = await saveRun(using, testRun({ ruleset: OTHER_RULESET }), null);
    expect(summary.verification).toEqual({ state: 'unverified', reason: 'other-ruleset' });
    expect(using.verified).toEqual([]);
  });

  it('stores nothing of a refused run, and says why', async () => {
    const using = ports({
      state: 'refused',
      code: 'run-state-mismatch',
      detail: 'Another state.',
      problems: [{ path: '/run/stateHash', expected: 'x' }],
    });
    await expect(saveRun(using, testRun(), null)).rejects.toMatchObject({
      code: 'run-state-mismatch',
      message: 'Another state.',
      problems: [{ path: '/run/stateHash', expected: 'x' }],
    });
    expect(await using.store.list({ limit: 10 })).toEqual([]);
  });

  it('says when the store is full', async () => {
    await expect(saveRun(ports(VERIFIED, 0), testRun(), null)).rejects.toMatchObject({
      code: 'store-full',
    });
  });
});
