import { describe, expect, it } from 'vitest';
import { QueueLab, singleStation } from '../testing/queue-lab.ts';
import type { Component } from './component.ts';
import { burst } from './step.ts';

/** A quarter of a core: 25 ms in each 100 ms; every request takes 20 ms of it. */
function quarterCore(discipline: 'fifo' | 'shared', arrivals: 'uniform' | 'poisson') {
  const station: Component = {
    kind: 'vm-basic',
    routes: {},
    resources: () => ({ cpu: { type: 'station', discipline, parallel: 1, cores: 0.25 } }),
    request: () => [burst('cpu', 'app-static')],
  };
  return {
    ...singleStation(discipline, 1),
    components: { 'vm-basic': station },
    demands: { 'app-static': { meanMs: 20, cv: 0 } },
    arrivals,
  };
}

describe('a quarter of a core through the whole simulator', () => {
  it('answers on the staircase that the quota makes', () => {
    const lab = new QueueLab(quarterCore('fifo', 'uniform'), 1);
    lab.offer(0.02);
    // Arrivals at 50, 100, 150 …: the third has 5 ms before the quota of its period is used up and
    // the other 15 in the next; the sixth ends with the quota, so that the seventh starts at 500.
    const answersMs = [70, 120, 215, 310, 405, 425, 520, 615, 710];
    const seen: number[] = [];
    for (let nowMs = 5; nowMs <= 750; nowMs += 5) {
      const served = lab.run(5)('*').served;
      if (served > 0) seen.push(nowMs);
    }
    expect(seen).toEqual(answersMs);
  });

  it.each(['fifo', 'shared'] as const)(
    'serves no more than its share of CPU (%s)',
    (discipline) => {
      const lab = new QueueLab(quarterCore(discipline, 'poisson'), 1);
      lab.offer(0.05);
      lab.run(10_000);
      for (let second = 0; second < 20; second++) {
        const row = lab.run(1_000);
        expect(row('vm-basic').utilisation).toBeCloseTo(1, 9);
        expect(Math.abs(row('*').served - 12.5)).toBeLessThan(discipline === 'fifo' ? 1 : 13);
      }
    },
  );

  it('is as fast as a whole core while there is quota', () => {
    const lab = new QueueLab(quarterCore('fifo', 'uniform'), 1);
    lab.offer(0.01);
    const row = lab.run(100_000)('*');
    expect(row.latency.p99Ms).toBeCloseTo(20, 0);
    expect(row.latency.sumMs / row.latency.count).toBeCloseTo(20, 9);
  });
});
