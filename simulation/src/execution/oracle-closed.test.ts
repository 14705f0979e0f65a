import { describe, expect, it } from 'vitest';
import { type Lab, QueueLab } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { closedNetwork } from '../testing/theory.ts';
import type { Component } from './component.ts';
import type { Resource } from './resource.ts';
import { burst, call, type Step } from './step.ts';

const CUSTOMERS = 50;
/** A unit of time of the textbook's network, in milliseconds. */
const UNIT_MS = 100;
const CYCLES = 250;
const SEEDS = Array.from({ length: 20 }, (_, i) => 1_000 + i);

const station = (parallel: number): Resource => ({
  type: 'station',
  discipline: 'fifo',
  parallel,
  cores: parallel,
});

const disk = (kind: 'cache' | 'sql-primary', step: Step): Component => ({
  kind,
  routes: {},
  resources: () => ({ cpu: station(1) }),
  handlers: () => ({ read: [step] }),
});

const cycle: readonly Step[] = [
  burst('thinking', 'app-static'),
  call('first', 'read'),
  call('second', 'read'),
];

/** Fifty requests that think where nobody waits, visit one station, then the other, and think again. */
const network: Lab = {
  components: {
    'vm-basic': {
      kind: 'vm-basic',
      routes: { first: [['cache']], second: [['sql-primary']] },
      resources: () => ({ thinking: station(CUSTOMERS) }),
      request: () => Array.from({ length: CYCLES }, () => cycle).flat(),
    },
    cache: disk('cache', burst('cpu', 'cache-get')),
    'sql-primary': disk('sql-primary', burst('cpu', 'sql-read')),
  },
  links: [
    { from: 'clients', to: 'vm-basic' },
    { from: 'vm-basic', to: 'cache' },
    { from: 'vm-basic', to: 'sql-primary' },
  ],
  demands: {
    'app-static': { meanMs: UNIT_MS, cv: 1 },
    'cache-get': { meanMs: 0.02 * UNIT_MS, cv: 1 },
    'sql-read': { meanMs: 0.03 * UNIT_MS, cv: 1 },
  },
  arrivals: 'uniform',
};

function run(seed: number): { throughput: number; responseTime: number } {
  const lab = new QueueLab(network, seed);
  lab.offer(CUSTOMERS);
  lab.run(1.01);
  lab.offer(0);
  lab.run(20 * UNIT_MS);
  expect(lab.simulator.inFlight).toBe(CUSTOMERS);
  const units = 200;
  const row = lab.run(units * UNIT_MS);
  const [first, second] = [row('cache'), row('sql-primary')];
  const time = (node: typeof first) => node.latency.sumMs / node.latency.count / UNIT_MS;
  return { throughput: second.served / units, responseTime: time(first) + time(second) };
}

describe('a closed network', () => {
  const theory = closedNetwork(CUSTOMERS, 1, [0.02, 0.03]);

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
