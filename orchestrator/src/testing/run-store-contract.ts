import { describe, expect, it } from 'vitest';
import { scenarioHash } from '../runs/content-hash.ts';
import type { RunStore, RunSummary, StoreLimits } from '../runs/run-store.ts';
import {
  OTHER_RULESET,
  TEST_RULESET,
  testOutcome,
  testRun,
  testScenario,
  testSummary,
} from './fixtures.ts';

const LIMITS: StoreLimits = { maxRuns: 50, maxBytes: 100_000 };
const id = (number: number) => number.toString(16).padStart(32, '0');
const HASH = scenarioHash(testScenario());

function numbered(number: number, changes: Partial<RunSummary> = {}): RunSummary {
  return testSummary({ id: id(number), savedAtMs: number, scenarioHash: HASH, ...changes });
}

function winner(number: number, points: number, served = 1_000): RunSummary {
  const outcome = testOutcome({ points, served });
  return numbered(number, { verification: { state: 'verified', outcome } });
}

/** What every run store does; `open` makes an empty one with the given limits. */
export function describeRunStore(name: string, open: (limits: StoreLimits) => RunStore): void {
  async function filled(...summaries: RunSummary[]): Promise<RunStore> {
    const store = open(LIMITS);
    for (const summary of summaries) await store.save(summary, testRun());
    return store;
  }

  describe(name, () => {
    it('returns what was saved', async () => {
      const summary = numbered(1, { player: 'Éva 한', title: { en: 'Hello', ko: '안녕' } });
      const store = open(LIMITS);
      expect(await store.save(summary, testRun())).toBe('created');
      expect(await store.summary(summary.id)).toEqual(summary);
      expect(await store.run(summary.id)).toEqual(testRun());
      await store.close();
    });

    it.each<RunSummary>([
      numbered(1, { verification: { state: 'unverified', reason: 'other-ruleset' } }),
      numbered(2, { verification: { state: 'verified', outcome: null } }),
      numbered(3, { player: null, endMs: 1_234.5, seed: 4_294_967_295 }),
    ])('keeps every form of a summary (%#)', async (summary) => {
      const store = await filled(summary);
      expect(await store.summary(summary.id)).toEqual(summary);
      await store.close();
    });

    it('knows nothing of what was never saved', async () => {
      const store = open(LIMITS);
      expect(await store.summary(id(1))).toBeNull();
      expect(await store.run(id(1))).toBeNull();
      expect(await store.remove(id(1))).toBe(false);
      expect(await store.list({ limit: 10 })).toEqual([]);
      await store.close();
    });

    it('leaves a stored run as it is when it is saved again', async () => {
      const store = await filled(numbered(1, { player: 'Ada' }));
      expect(await store.save(numbered(1, { player: 'Bob' }), testRun())).toBe('exists');
      expect((await store.summary(id(1)))?.player).toBe('Ada');
      await store.close();
    });

    it('forgets a run', async () => {
      const store = await filled(numbered(1), numbered(2));
      expect(await store.remove(id(1))).toBe(true);
      expect(await store.run(id(1))).toBeNull();
      expect((await store.list({ limit: 10 })).map((run) => run.id)).toEqual([id(2)]);
      await store.close();
    });

    it('lists the newest first, page by page, without gap or repetition', async () => {
      const times = [5, 3, 3, 3, 9, 1];
      const store = await filled(
        ...times.map((savedAtMs, index) => numbered(index, { savedAtMs })),
      );
      const pages: string[][] = [];
      let after: RunSummary | undefined;
      do {
        const page = await store.list({ limit: 2, ...(after && { after }) });
        pages.push(page.map((run) => run.id));
        after = page.at(-1);
      } while (after !== undefined);
      expect(pages).toEqual([[id(4), id(0)], [id(3), id(2)], [id(1), id(5)], []]);
      await store.close();
    });

    it('lists the runs of one scenario', async () => {
      const store = await filled(numbered(1), numbered(2, { scenarioId: 'other' }), numbered(3));
      const runs = await store.list({ limit: 10, scenarioId: 'hello-world' });
      expect(runs.map((run) => run.id)).toEqual([id(3), id(1)]);
      await store.close();
    });

    it('orders the best by points, then requests served, then time', async () => {
      const store = await filled(
        winner(1, 70),
        winner(2, 90, 10),
        winner(3, 90, 20),
        winner(4, 70),
        winner(5, 80.5),
      );
      const best = await store.best({
        scenarioId: 'hello-world',
        scenarioHash: HASH,
        ruleset: TEST_RULESET,
        limit: 4,
      });
      expect(best.map((run) => run.id)).toEqual([3, 2, 5, 1].map(id));
      await store.close();
    });

    it('counts among the best only verified wins of that very scenario and ruleset', async () => {
      const lost = testOutcome({ ending: 'service-down' });
      const store = await filled(
        winner(1, 10),
        numbered(2, { verification: { state: 'verified', outcome: lost } }),
        numbered(3, { verification: { state: 'verified', outcome: null } }),
        numbered(4, { verification: { state: 'unverified', reason: 'other-ruleset' } }),
        { ...winner(5, 99), ruleset: OTHER_RULESET },
        { ...winner(6, 99), scenarioHash: 'f'.repeat(32) },
        { ...winner(7, 99), scenarioId: 'other' },
      );
      const query = { scenarioId: 'hello-world', scenarioHash: HASH, ruleset: TEST_RULESET };
      expect((await store.best({ ...query, limit: 10 })).map((run) => run.id)).toEqual([id(1)]);
      await store.close();
    });

    it('takes no more runs than its limit, and more again after one is forgotten', async () => {
      const store = open({ maxRuns: 1, maxBytes: 100_000 });
      expect(await store.save(numbered(1), testRun())).toBe('created');
      expect(await store.save(numbered(2), testRun())).toBe('full');
      expect(await store.run(id(2))).toBeNull();
      await store.remove(id(1));
      expect(await store.save(numbered(2), testRun())).toBe('created');
      await store.close();
    });

    it('takes no more bytes than its limit', async () => {
      const bytes = Buffer.byteLength(JSON.stringify(testRun()));
      const store = open({ maxRuns: 50, maxBytes: 2 * bytes });
      const results = [];
      for (const number of [1, 2, 3]) results.push(await store.save(numbered(number), testRun()));
      expect(results).toEqual(['created', 'created', 'full']);
      await store.close();
    });

    it('says whether it answers', async () => {
      const store = open(LIMITS);
      expect(await store.isReady()).toBe(true);
      await store.close();
      expect(await store.isReady()).toBe(false);
    });
  });
}
