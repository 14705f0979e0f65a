import { describe, expect, it } from 'vitest';
import type { Scenario } from '../protocol/index.ts';
import { meanMs, observeRuns, singleStation } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { meanTimeDM1, meanTimeDMc, meanTimeMG1 } from '../testing/theory.ts';

interface Queue {
  readonly discipline: 'fifo' | 'shared';
  readonly arrivals: Scenario['arrivals'];
  readonly cv: number;
  readonly rho: number;
  readonly customers: number;
  /** One unless given. */
  readonly servers?: number;
}

function meanTime({ discipline, arrivals, cv, rho, customers, servers = 1 }: Queue) {
  const demands = { 'app-static': { meanMs: 1, cv } };
  const perMs = rho * servers;
  const load = { perMs, warmUpMs: 1_000 / servers, forMs: customers / perMs };
  const lab = { ...singleStation(discipline, servers), demands, arrivals };
  return estimate(observeRuns(lab, load, (row) => meanMs(row('*'))));
}

describe('one server, first come first served', () => {
  it('M/D/1 at rho .8 takes 3', () => {
    expect(meanTimeMG1(0.8, 0)).toBeCloseTo(3, 12);
    const queue = { discipline: 'fifo', arrivals: 'poisson', cv: 0, rho: 0.8 } as const;
    expect(errorsOff(meanTime({ ...queue, customers: 20_000 }), 3)).toBeLessThan(4);
  });

  it('D/M/1 at rho .8 takes 2.692731', () => {
    expect(meanTimeDM1(0.8)).toBeCloseTo(2.692731, 6);
    const queue = { discipline: 'fifo', arrivals: 'uniform', cv: 1, rho: 0.8 } as const;
    expect(errorsOff(meanTime({ ...queue, customers: 20_000 }), meanTimeDM1(0.8))).toBeLessThan(4);
  });

  it('M/G/1 with lognormal service of cv 2 takes what Pollaczek and Khinchine say', () => {
    const queue = { discipline: 'fifo', arrivals: 'poisson', cv: 2, rho: 0.6 } as const;
    const time = meanTime({ ...queue, customers: 40_000 });
    expect(errorsOff(time, meanTimeMG1(0.6, 2))).toBeLessThan(4);
    expect(time.standardError).toBeLessThan(0.15);
  });

  it('D/D/1 below its capacity never waits', () => {
    const queue = { discipline: 'fifo', arrivals: 'uniform', cv: 0, rho: 0.9 } as const;
    const { mean, standardError } = meanTime({ ...queue, customers: 500 });
    expect(mean).toBeCloseTo(1, 9);
    expect(standardError).toBeLessThan(1e-9);
  });
});

describe('several servers and one line', () => {
  // Takács' formula agrees with the embedded chain of D/M/c, solved numerically, in all digits.
  it.each([
    [4, 0.8, 1.272504],
    [16, 0.9, 1.140419],
  ])('D/M/%i at rho %d takes %d', (servers, rho, figure) => {
    expect(meanTimeDMc(servers, servers * rho)).toBeCloseTo(figure, 6);
    const queue = { discipline: 'fifo', arrivals: 'uniform', cv: 1, rho, servers } as const;
    const time = meanTime({ ...queue, customers: 20_000 });
    expect(errorsOff(time, figure)).toBeLessThan(4);
    expect(time.standardError).toBeLessThan(0.01);
  });
});

describe('one shared processor', () => {
  it.each([
    ['exponential', 1],
    ['constant', 0],
    ['lognormal, cv 2', 2],
  ])('M/G/1-PS at rho .7 takes 1 / (1 - rho), whatever the law: %s', (_, cv) => {
    const queue = { discipline: 'shared', arrivals: 'poisson', cv, rho: 0.7 } as const;
    const time = meanTime({ ...queue, customers: cv === 2 ? 20_000 : 12_000 });
    expect(errorsOff(time, 1 / 0.3)).toBeLessThan(4);
  });
});
