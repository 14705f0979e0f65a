import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cores, playStation, type StationScript } from '../testing/station-script.ts';
import type { StationLimit } from './station.ts';

const bursts = (...list: readonly (readonly [number, number])[]) =>
  list.map(([atMs, demandMs]) => ({ atMs, demandMs }));
const quota = (parallel: number, quotaMs: number): StationLimit => ({
  parallel,
  quotaMs,
  periodMs: 100,
});

/**
 * Processor sharing job by job: each has its own rest, and time goes from one arrival, end, refill or
 * exhaustion of the quota to the next. Ends by job.
 */
function slowEnds({ limit, bursts: submitted }: StationScript): number[] {
  const left = submitted.map(({ demandMs }) => demandMs);
  const ends = submitted.map(() => Number.NaN);
  const inside = new Set<number>();
  let coming = 0;
  let nowMs = 0;
  let period = 0;
  let quotaLeftMs = limit.quotaMs;
  while (coming < submitted.length || inside.size > 0) {
    while (coming < submitted.length && (submitted[coming]?.atMs ?? 0) <= nowMs)
      inside.add(coming++);
    for (const job of inside) {
      if ((left[job] ?? 0) > 1e-9) continue;
      ends[job] = nowMs;
      inside.delete(job);
    }
    const running = quotaLeftMs > 1e-9 ? Math.min(inside.size, limit.parallel) : 0;
    const each = inside.size === 0 ? 0 : running / inside.size;
    const least = Math.min(...[...inside].map((job) => left[job] ?? 0));
    const stepMs = Math.min(
      (submitted[coming]?.atMs ?? Number.POSITIVE_INFINITY) - nowMs,
      (period + 1) * limit.periodMs - nowMs,
      running > 0 ? least / each : Number.POSITIVE_INFINITY,
      running > 0 ? quotaLeftMs / running : Number.POSITIVE_INFINITY,
    );
    for (const job of inside) left[job] = (left[job] ?? 0) - each * stepMs;
    quotaLeftMs -= running * stepMs;
    nowMs += stepMs;
    if (nowMs < (period + 1) * limit.periodMs) continue;
    period++;
    nowMs = Math.max(nowMs, period * limit.periodMs);
    quotaLeftMs = limit.quotaMs;
  }
  return ends;
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  for (const [i, value] of values.entries()) {
    expect(Math.abs(value - (expected[i] ?? 0))).toBeLessThan(2e-5);
  }
}

describe('SharedStation', () => {
  it.each([
    ['equal shares of one core', cores(1), bursts([0, 10], [0, 20]), [20, 30]],
    ['a newcomer shares from its arrival on', cores(1), bursts([0, 10], [5, 10]), [15, 20]],
    ['as many cores as jobs', cores(2), bursts([0, 10], [0, 20]), [10, 20]],
    ['three jobs on two cores', cores(2), bursts([0, 10], [0, 10], [0, 10]), [15, 15, 15]],
    ['one job uses one core only', cores(4), bursts([0, 10]), [10]],
    ['half a core stands still half the time', quota(1, 50), bursts([0, 80]), [130]],
    ['cores use the quota up together', quota(4, 25), bursts([0, 20], [0, 20]), [107.5, 107.5]],
    ['a job of no demand ends at once', cores(1), bursts([3, 0], [3, 5]), [3, 8]],
    ['two cores under one core of quota', quota(2, 100), bursts([0, 60], [0, 60]), [110, 110]],
  ])('%s', (_, limit, submitted, endsMs) => {
    expectClose(playStation('shared', { limit, bursts: submitted }).endsMs, endsMs);
  });

  it('agrees with processor sharing computed job by job', () => {
    const burst = fc.record({ gapMs: fc.nat(40), demandMs: fc.nat(60) });
    const figures = fc.record({
      parallel: fc.integer({ min: 1, max: 4 }),
      share: fc.integer({ min: 5, max: 100 }),
      list: fc.array(burst, { minLength: 1, maxLength: 20, size: 'max' }),
    });
    fc.assert(
      fc.property(figures, ({ parallel, share, list }) => {
        let atMs = 0;
        const submitted = list.map(({ gapMs, demandMs }) => {
          atMs += gapMs;
          return { atMs, demandMs };
        });
        const limit = { parallel, quotaMs: parallel * share, periodMs: 100 };
        const script = { limit, bursts: submitted, probesMs: [1e6] };
        const { endsMs, probes } = playStation('shared', script);
        expectClose(endsMs, slowEnds(script));
        expect(probes[0]?.usedMs).toBeCloseTo(
          submitted.reduce((sum, { demandMs }) => sum + demandMs, 0),
          4,
        );
      }),
      { seed: 6, numRuns: 400 },
    );
  });

  it('counts the CPU time used and the jobs beyond what it can carry at any instant', () => {
    const script = {
      limit: quota(2, 50),
      bursts: bursts([0, 20], [0, 20], [0, 20], [10, 40]),
      probesMs: [5, 10, 25, 60, 100, 125, 500],
    };
    const { probes } = playStation('shared', script);
    expectClose(
      probes.map(({ usedMs }) => usedMs),
      [10, 20, 50, 50, 50, 50 + 70 / 3 + 40 / 3, 100],
    );
    // Half a core carries one job at full speed: of three jobs two wait, from 10 ms on three of four.
    expectClose(
      probes.slice(0, 5).map(({ waitingArea }) => waitingArea),
      [10, 20, 65, 170, 290],
    );
    expect(probes.map(({ waiting }) => waiting)).toEqual([2, 3, 3, 3, 3, 0, 0]);
  });

  it('gives present jobs the new limit from the instant of a resize', () => {
    const script = {
      limit: quota(1, 25),
      bursts: bursts([0, 60]),
      resizes: [{ atMs: 50, limit: cores(1) }],
    };
    expectClose(playStation('shared', script).endsMs, [85]);
    const smaller = { ...script, limit: cores(1), resizes: [{ atMs: 50, limit: quota(1, 25) }] };
    expectClose(playStation('shared', smaller).endsMs, [110]);
  });

  it('refills in each period also when its period is told late', () => {
    const script = {
      limit: { parallel: 1, quotaMs: 1, periodMs: 1 },
      resizes: [{ atMs: 5_000, limit: quota(1, 25) }],
      bursts: bursts([6_000, 60]),
    };
    expectClose(playStation('shared', script).endsMs, [6_210]);
  });

  it('keeps its precision at a hundred million milliseconds', () => {
    const startMs = 1e8;
    const list = Array.from({ length: 40 }, (_, i) => [startMs + i * 1.3, 1 + (i % 7)] as const);
    const near = list.map(([atMs, demandMs]) => [atMs - startMs, demandMs] as const);
    for (const limit of [cores(1), quota(4, 33)]) {
      const far = playStation('shared', { limit, bursts: bursts(...list) }).endsMs;
      expectClose(
        far.map((endMs) => endMs - startMs),
        playStation('shared', { limit, bursts: bursts(...near) }).endsMs,
      );
    }
  });

  it('keeps its precision while it is never idle', () => {
    // One job of a day keeps the station busy; the others share the second core's time with it.
    const dayMs = 86_400_000;
    const list = Array.from({ length: 1000 }, (_, i) => [i * 86_000, 10] as const);
    const script = { limit: cores(2), bursts: bursts([0, dayMs], ...list), probesMs: [2 * dayMs] };
    const { endsMs, probes } = playStation('shared', script);
    expectClose(endsMs, [dayMs, ...list.map(([atMs]) => atMs + 10)]);
    expect(probes[0]?.usedMs).toBeCloseTo(dayMs + 10_000, 3);
  });
});
