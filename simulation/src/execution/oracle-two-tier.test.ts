import { describe, expect, it } from 'vitest';
import { type Lab, patient, QueueLab } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import type { Component } from './component.ts';
import type { Resource } from './resource.ts';
import { burst, call, type Step } from './step.ts';

/**
 * The open network of two classes and two centres in Lazowska et al., "Quantitative System Performance" (1984),
 * p. 138, as two tiers: a request of the first class works ten times .1 in front and calls nine times for 1/3 behind, one of
 * the second works five times .4 and calls four times for 1; 3/19 and 2/19 of them arrive in a unit of time.
 */
const CLASSES = {
  a: { rate: 3 / 19, calls: 9, front: 1 / 10, back: 1 / 3 },
  b: { rate: 2 / 19, calls: 4, front: 2 / 5, back: 1 },
} as const;
type ClassName = keyof typeof CLASSES;
const NAMES = ['a', 'b'] as const;

const SEEDS = Array.from({ length: 20 }, (_, i) => 1_000 + i);

function demands(name: ClassName): { front: number; back: number } {
  const { calls, front, back } = CLASSES[name];
  return { front: (calls + 1) * front, back: calls * back };
}

function utilisation(tier: 'front' | 'back'): number {
  return NAMES.reduce((sum, name) => sum + CLASSES[name].rate * demands(name)[tier], 0);
}

/** With shared processors the network is separable: each demand is stretched by its centre's utilisation. */
function responseTime(name: ClassName): number {
  const { front, back } = demands(name);
  return front / (1 - utilisation('front')) + back / (1 - utilisation('back'));
}

const shared: Record<string, Resource> = {
  cpu: { type: 'station', discipline: 'shared', parallel: 1, cores: 1 },
};

function inFront(calls: number, work: 'app-read' | 'app-write', handler: 'read' | 'write'): Step[] {
  const again = [call('back', handler), burst('cpu', work)];
  return [burst('cpu', work), ...Array.from({ length: calls }, () => again).flat()];
}

const front: Component = {
  kind: 'vm-basic',
  routes: { back: [['sql-primary']] },
  resources: () => shared,
  request: ({ operations }) =>
    operations.includes('read')
      ? inFront(CLASSES.a.calls, 'app-read', 'read')
      : inFront(CLASSES.b.calls, 'app-write', 'write'),
};
const back: Component = {
  kind: 'sql-primary',
  routes: {},
  resources: () => shared,
  handlers: () => ({ read: [burst('cpu', 'sql-read')], write: [burst('cpu', 'sql-write')] }),
};

/** One kind of law a class, which must not matter: exponential for the first, constant for the second. */
const twoTiers: Lab = {
  components: { 'vm-basic': front, 'sql-primary': back },
  links: [
    { from: 'clients', to: 'vm-basic' },
    { from: 'vm-basic', to: 'sql-primary' },
  ],
  demands: {
    'app-read': { meanMs: CLASSES.a.front, cv: 1 },
    'sql-read': { meanMs: CLASSES.a.back, cv: 1 },
    'app-write': { meanMs: CLASSES.b.front, cv: 0 },
    'sql-write': { meanMs: CLASSES.b.back, cv: 0 },
  },
  classes: { a: patient('read'), b: patient('write') },
};

function observe(seed: number) {
  const lab = new QueueLab(twoTiers, seed);
  const perMs = CLASSES.a.rate + CLASSES.b.rate;
  lab.offer(perMs, { a: CLASSES.a.rate, b: CLASSES.b.rate });
  lab.run(700);
  lab.simulator.tracing.sample(0.2);
  const row = lab.run(6_000);
  const times: Record<string, number[]> = { a: [], b: [] };
  for (const { requestClass, spans } of lab.simulator.tracing.take()) {
    const { startNs = 0, endNs = 0 } = spans[0] ?? {};
    times[requestClass]?.push((endNs - startNs) / 1e6);
  }
  const [a, b] = NAMES.map((name) => estimate(times[name] ?? []).mean);
  const [busyFront, busyBack] = [row('vm-basic').utilisation, row('sql-primary').utilisation];
  return { a: a ?? 0, b: b ?? 0, busyFront: busyFront ?? 0, busyBack: busyBack ?? 0 };
}

describe('two tiers and two classes', () => {
  it('are by theory busy to 7/19 and 17/19, and answer in 30.08 and 41.17', () => {
    expect(utilisation('front')).toBeCloseTo(7 / 19, 12);
    expect(utilisation('back')).toBeCloseTo(17 / 19, 12);
    expect(responseTime('a')).toBeCloseTo(30.0833, 4);
    expect(responseTime('b')).toBeCloseTo(41.1667, 4);
  });

  it('are and do so in the simulation, in each class by its own time', () => {
    const runs = SEEDS.map(observe);
    const of = (name: keyof (typeof runs)[0]) => estimate(runs.map((run) => run[name]));
    expect(errorsOff(of('busyFront'), utilisation('front'))).toBeLessThan(4);
    expect(errorsOff(of('busyBack'), utilisation('back'))).toBeLessThan(4);
    for (const name of NAMES) {
      expect(errorsOff(of(name), responseTime(name))).toBeLessThan(4);
      expect(of(name).standardError).toBeLessThan(0.1 * responseTime(name));
    }
  });
});
