import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cores, playStation, type StationScript } from '../testing/station-script.ts';

const bursts = (...list: readonly (readonly [number, number])[]) =>
  list.map(([atMs, demandMs]) => ({ atMs, demandMs }));

function submittedBy(list: readonly { readonly gapMs: number; readonly demandMs: number }[]) {
  let atMs = 0;
  return list.map(({ gapMs, demandMs }) => {
    atMs += gapMs;
    return { atMs, demandMs };
  });
}

/** When each job starts on servers without a quota, first come first served. */
function startsOf(servers: number, script: StationScript): number[] {
  const freeMs = new Array<number>(servers).fill(0);
  return script.bursts.map(({ atMs, demandMs }) => {
    const server = freeMs.indexOf(Math.min(...freeMs));
    const startMs = Math.max(atMs, freeMs[server] ?? 0);
    freeMs[server] = startMs + demandMs;
    return startMs;
  });
}

describe('FifoStation', () => {
  it('serves in the order of arrival, each job as long as it asks', () => {
    const script = { limit: cores(1), bursts: bursts([0, 10], [1, 5], [2, 1], [30, 4]) };
    expect(playStation('fifo', script).endsMs).toEqual([10, 15, 16, 34]);
  });

  it('has several servers take from one line', () => {
    const script = { limit: cores(2), bursts: bursts([0, 10], [0, 4], [1, 3], [2, 3]) };
    expect(playStation('fifo', script).endsMs).toEqual([10, 4, 7, 10]);
  });

  it('agrees with the recursion for c servers, and so do CPU time and waiting', () => {
    const burst = fc.record({ gapMs: fc.nat(12), demandMs: fc.nat(30) });
    const figures = fc.record({
      servers: fc.integer({ min: 1, max: 5 }),
      list: fc.array(burst, { minLength: 1, maxLength: 40, size: 'max' }),
      probesMs: fc.array(fc.nat(600), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(figures, ({ servers, list, probesMs }) => {
        const submitted = submittedBy(list);
        const script = { limit: cores(servers), bursts: submitted, probesMs };
        const startsMs = startsOf(servers, script);
        const { endsMs, probes } = playStation('fifo', script);
        expect(endsMs).toEqual(startsMs.map((startMs, i) => startMs + (list[i]?.demandMs ?? 0)));
        for (const { atMs: nowMs, usedMs, waitingArea } of probes) {
          const used = submitted.map(({ demandMs }, i) =>
            Math.min(demandMs, Math.max(0, nowMs - (startsMs[i] ?? 0))),
          );
          const waited = submitted.map(({ atMs: inMs }, i) =>
            Math.max(0, Math.min(nowMs, startsMs[i] ?? 0) - inMs),
          );
          expect(usedMs).toBe(used.reduce((sum, ms) => sum + ms, 0));
          expect(waitingArea).toBe(waited.reduce((sum, ms) => sum + ms, 0));
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('shares the quota evenly among its servers', () => {
    const limit = { parallel: 2, quotaMs: 50, periodMs: 100 };
    const script = { limit, bursts: bursts([0, 30], [0, 20], [0, 10]) };
    expect(playStation('fifo', script).endsMs).toEqual([105, 20, 105]);
  });

  it('knows how much CPU time a burst under a quota has had at any instant', () => {
    const limit = { parallel: 1, quotaMs: 25, periodMs: 100 };
    const probesMs = [10, 25, 60, 100, 110, 120];
    const script = { limit, bursts: bursts([0, 30], [0, 10]), probesMs };
    const { endsMs, probes } = playStation('fifo', script);
    expect(endsMs).toEqual([105, 115]);
    expect(probes.map(({ usedMs }) => usedMs)).toEqual([10, 25, 25, 25, 35, 40]);
  });

  it('spends nothing on a job that was cancelled while it waited', () => {
    const script = {
      limit: cores(1),
      bursts: bursts([0, 10], [1, 100], [2, 5]),
      cancels: [{ atMs: 5, job: 1 }],
      probesMs: [50],
    };
    const { endsMs, probes } = playStation('fifo', script);
    expect(endsMs).toEqual([10, 10, 15]);
    expect(probes[0]?.usedMs).toBe(15);
  });

  it('lets the burst of a cancelled job that has begun run out', () => {
    const cancels = [{ atMs: 5, job: 0 }];
    const script = { limit: cores(1), bursts: bursts([0, 10], [1, 2]), cancels };
    expect(playStation('fifo', script).endsMs).toEqual([10, 12]);
  });
});

describe('a FifoStation that is resized', () => {
  it('puts waiting jobs on the new servers at once', () => {
    const resizes = [{ atMs: 4, limit: cores(3) }];
    const script = { limit: cores(1), bursts: bursts([0, 10], [0, 5], [0, 5], [0, 5]), resizes };
    expect(playStation('fifo', script).endsMs).toEqual([10, 9, 9, 14]);
  });

  it('lets bursts run out on the servers it gives up, and takes no more there', () => {
    const resizes = [{ atMs: 1, limit: cores(1) }];
    const script = { limit: cores(2), bursts: bursts([0, 10], [0, 4], [2, 3]), resizes };
    expect(playStation('fifo', script).endsMs).toEqual([10, 4, 13]);
  });

  it('serves on when the server it gives up is the last one to finish', () => {
    const resizes = [{ atMs: 15, limit: cores(1) }];
    const script = {
      limit: cores(2),
      bursts: bursts([0, 10], [0, 30], [20, 5], [21, 5], [60, 1]),
      resizes,
    };
    expect(playStation('fifo', script).endsMs).toEqual([10, 30, 35, 40, 61]);
  });

  it('never has more jobs in service than servers, whatever it is resized to', () => {
    const burst = fc.record({ gapMs: fc.nat(6), demandMs: fc.integer({ min: 1, max: 20 }) });
    const resize = fc.record({ atMs: fc.nat(150), servers: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(
        fc.array(burst, { minLength: 1, maxLength: 30, size: 'max' }),
        fc.uniqueArray(resize, { maxLength: 5, selector: ({ atMs }) => atMs }),
        (list, changes) => {
          const submitted = submittedBy(list);
          const resizes = [...changes]
            .sort((a, b) => a.atMs - b.atMs)
            .map((change) => ({ atMs: change.atMs + 0.5, limit: cores(change.servers) }));
          const { endsMs, probes } = playStation('fifo', {
            limit: cores(2),
            bursts: submitted,
            resizes,
            probesMs: [1e6],
          });
          const startsMs = endsMs.map((endMs, i) => endMs - (submitted[i]?.demandMs ?? 0));
          expect(startsMs.every((startMs, i) => startMs >= (submitted[i]?.atMs ?? 0))).toBe(true);
          expect([...startsMs].sort((a, b) => a - b)).toEqual(startsMs);
          for (const [i, startMs] of startsMs.entries()) {
            const running = startsMs.filter(
              (otherMs, j) => otherMs <= startMs && (endsMs[j] ?? 0) > startMs && j <= i,
            ).length;
            const limit = resizes.filter((change) => change.atMs <= startMs).at(-1)?.limit;
            expect(running).toBeLessThanOrEqual(limit?.parallel ?? 2);
          }
          expect(probes[0]?.usedMs).toBe(submitted.reduce((sum, b) => sum + b.demandMs, 0));
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  it('counts CPU time the same way before and after a change of the quota', () => {
    const quota = (quotaMs: number) => ({ parallel: 1, quotaMs, periodMs: 100 });
    const script = {
      limit: quota(25),
      bursts: bursts([0, 60], [0, 60]),
      resizes: [{ atMs: 130, limit: quota(50) }],
      probesMs: [0, 50, 129, 130, 131, 190, 209, 210, 211, 260, 320, 1000],
    };
    const { endsMs, probes } = playStation('fifo', script);
    expect(endsMs).toEqual([210, 320]);
    const used = probes.map(({ usedMs }) => usedMs);
    expect(used).toEqual([0, 25, 50, 50, 50, 50, 59, 60, 61, 100, 120, 120]);
  });
});
