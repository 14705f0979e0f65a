import { describe, expect, it } from 'vitest';
import { errorCount } from '../protocol/index.ts';
import { meanMs, observeRuns, singleStation } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import {
  erlangB,
  lossMM1K,
  meanTimeMMc,
  meanWaitVarianceMM1,
  quantileMM1,
} from '../testing/theory.ts';
import { take } from './step.ts';

const END = '*';

/** A backlog that holds so many requests, waiting and served, and turns the others away. */
function roomFor(tokens: number) {
  const pool = { type: 'pool', tokens, maxWaiting: 0, timeoutMs: null } as const;
  return { backlog: { ...pool, cause: 'queue-full', connections: true } } as const;
}

describe('the textbook figures', () => {
  it('are those of MODEL.md', () => {
    expect(meanTimeMMc(1, 0.8)).toBeCloseTo(5, 12);
    expect(quantileMM1(0.8, 0.95)).toBeCloseTo(14.979, 3);
    expect(erlangB(4, 3.2)).toBeCloseTo(0.228145, 6);
    expect(meanTimeMMc(4, 3.2)).toBeCloseTo(1.745541, 6);
    expect(meanTimeMMc(64, 51.2)).toBeCloseTo(1.004379, 6);
    expect(meanTimeMMc(16, 14.4)).toBeCloseTo(1.36959, 6);
    expect(lossMM1K(0.9, 10).loss).toBeCloseTo(0.0508137, 7);
    expect(lossMM1K(0.9, 10).meanTime).toBeCloseTo(4.6466, 5);
  });
});

describe('M/M/1 at rho .8', () => {
  const lab = singleStation('fifo', 1);

  it('has a mean time of 5, a 95th percentile of 14.979 and a CPU busy to 80 %', () => {
    const load = { perMs: 0.8, warmUpMs: 1_000, forMs: 40_000 };
    const runs = observeRuns(lab, load, (row) => ({
      mean: meanMs(row(END)),
      p95: row(END).latency.p95Ms ?? 0,
      utilisation: row('vm-basic').utilisation ?? 0,
      waiting: row('vm-basic').queueDepth ?? 0,
    }));
    const of = (name: 'mean' | 'p95' | 'utilisation' | 'waiting') =>
      estimate(runs.map((run) => run[name]));
    expect(errorsOff(of('mean'), 5)).toBeLessThan(4);
    expect(errorsOff(of('p95'), quantileMM1(0.8, 0.95))).toBeLessThan(4);
    expect(errorsOff(of('utilisation'), 0.8)).toBeLessThan(4);
    expect(errorsOff(of('waiting'), 3.2)).toBeLessThan(4);
    expect(of('mean').standardError).toBeLessThan(0.08);
  });

  it('has 95 % intervals that cover the truth as often as they should', () => {
    const customers = 10_000;
    const load = { perMs: 0.8, warmUpMs: 1_000, forMs: customers / 0.8 };
    const seeds = Array.from({ length: 60 }, (_, i) => i);
    const means = observeRuns(lab, load, (row) => meanMs(row(END)), seeds);
    const halfWidth = 1.96 * Math.sqrt(meanWaitVarianceMM1(0.8) / customers);
    const covering = means.filter((mean) => Math.abs(mean - 5) <= halfWidth).length;
    // Of 60 intervals 57 on average; fewer than 50 once in two thousand such tests. All 60 are no surprise, means that
    // scatter too little are.
    expect(covering).toBeGreaterThanOrEqual(50);
    expect(estimate(means).standardError * Math.sqrt(60) * 1.96).toBeGreaterThan(halfWidth / 1.5);
  });
});

describe('M/M/c', () => {
  it.each([
    [4, 3.2],
    [16, 14.4],
    [64, 51.2],
  ])('with %i servers and a load of %d has its mean time', (servers, load) => {
    const forMs = 20_000 / load;
    const times = observeRuns(
      singleStation('fifo', servers),
      { perMs: load, warmUpMs: 200, forMs: forMs * (servers === 16 ? 2 : 1) },
      (row) => meanMs(row(END)),
    );
    expect(errorsOff(estimate(times), meanTimeMMc(servers, load))).toBeLessThan(4);
  });
});

describe('a queue with limited room', () => {
  it('M/M/1/10 at rho .9 loses .0508 and serves the others in 4.6466', () => {
    const lab = singleStation('fifo', 1, [take('backlog')], roomFor(10));
    const runs = observeRuns(lab, { perMs: 0.9, warmUpMs: 500, forMs: 15_000 }, (row) => ({
      loss: errorCount(row(END).errors) / row(END).offered,
      mean: meanMs(row(END)),
    }));
    const { loss, meanTime } = lossMM1K(0.9, 10);
    expect(errorsOff(estimate(runs.map((run) => run.loss)), loss)).toBeLessThan(4);
    expect(errorsOff(estimate(runs.map((run) => run.mean)), meanTime)).toBeLessThan(4);
  });

  it.each([
    ['exponential', 1],
    ['constant', 0],
    ['lognormal', 2],
  ])('M/G/4/4 loses as Erlang B says, whatever the law: %s', (_, cv) => {
    const lab = {
      ...singleStation('fifo', 4, [take('backlog')], roomFor(4)),
      demands: { 'app-static': { meanMs: 1, cv } },
    };
    const losses = observeRuns(
      lab,
      { perMs: 3.2, warmUpMs: 100, forMs: 4_000 },
      (row) => errorCount(row(END).errors) / row(END).offered,
    );
    expect(errorsOff(estimate(losses), erlangB(4, 3.2))).toBeLessThan(4);
  });
});
