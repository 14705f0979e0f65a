import { describe, expect, it } from 'vitest';
import { CLOSED_DEMANDS, closedLab } from '../testing/closed-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { closedNetwork } from '../testing/theory.ts';

const CUSTOMERS = 50;
/** A unit of time of the textbook's network, in milliseconds. */
const UNIT_MS = 100;
const CYCLES = 250;
const SEEDS = Array.from({ length: 20 }, (_, i) => 1_000 + i);

function run(seed: number): { throughput: number; responseTime: number } {
  const lab = closedLab({ customers: CUSTOMERS, cycles: CYCLES, unitMs: UNIT_MS }, seed);
  lab.run(20 * UNIT_MS);
  expect(lab.simulator.inFlight).toBe(CUSTOMERS);
  const units = 200;
  const row = lab.run(units * UNIT_MS);
  const [first, second] = [row('cache'), row('sql-primary')];
  const time = (node: typeof first) => node.latency.sumMs / node.latency.count / UNIT_MS;
  return { throughput: second.served / units, responseTime: time(first) + time(second) };
}

describe('a closed network', () => {
  const theory = closedNetwork(CUSTOMERS, 1, CLOSED_DEMANDS);

  it('has by exact mean value analysis the throughput and response time of the textbook', () => {
    expect(theory.throughput).toBeCloseTo(33.16918, 5);
    expect(theory.responseTime).toBeCloseTo(0.507423, 6);
  });

  it('has them in the simulation', () => {
    const runs = SEEDS.map(run);
    const throughput = estimate(runs.map((each) => each.throughput));
    const responseTime = estimate(runs.map((each) => each.responseTime));
    expect(errorsOff(throughput, theory.throughput)).toBeLessThan(4);
    expect(errorsOff(responseTime, theory.responseTime)).toBeLessThan(4);
    expect(responseTime.standardError).toBeLessThan(0.02 * theory.responseTime);
  });
});
