import { describe, expect, it } from 'vitest';
import { exp } from '../kernel/det-math.ts';
import { type Lab, observeRuns, patient } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import type { Component } from './component.ts';
import { call, commit, delay, draw, observe, replicate } from './step.ts';

/** Popularity of the first `n` of as many rows, by Zipf's law. */
function zipf(n: number, exponent: number): number[] {
  const weights = Array.from({ length: n }, (_, k) => (k + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const ROWS = 50;
const DELAY_MS = 20;
const classes = { read: patient('read'), write: patient('write') };
const nothing = { resources: () => ({}) };

/** An application that reads and writes over routes of these names, spending no time on it. */
function application(routes: Component['routes']): Component {
  return {
    kind: 'vm-basic',
    routes,
    ...nothing,
    request: ({ operations }) =>
      operations[0] === 'read'
        ? [draw('items'), call('reads', 'read')]
        : [draw('rows'), call('writes', 'write')],
  };
}

function data(exponent: number): NonNullable<Lab['data']> {
  return { items: ROWS, zipfExponent: exponent, hotRows: ROWS, hotRowExponent: exponent };
}

describe('a copy that applies each write a constant time later', () => {
  const source: Component = {
    kind: 'sql-primary',
    routes: { replicas: [['sql-replica']] },
    replicatesOver: ['replicas'],
    ...nothing,
    handlers: () => ({ write: [commit(true), replicate('replicas')] }),
  };
  const copy: Component = {
    kind: 'sql-replica',
    routes: {},
    copies: true,
    ...nothing,
    handlers: () => ({ read: [observe], apply: [delay(DELAY_MS)] }),
  };
  const lab = (exponent: number): Lab => ({
    components: {
      'vm-basic': application({ reads: [['sql-replica']], writes: [['sql-primary']] }),
      'sql-primary': source,
      'sql-replica': copy,
    },
    links: [
      { from: 'clients', to: 'vm-basic' },
      { from: 'vm-basic', to: 'sql-primary' },
      { from: 'vm-basic', to: 'sql-replica' },
      { from: 'sql-primary', to: 'sql-replica' },
    ],
    classes,
    data: data(exponent),
  });

  it.each([0, 1.1])('is read stale as often as Poisson writes say, under Zipf %d', (exponent) => {
    const writesPerMs = 0.5;
    const load = { perMs: 2, warmUpMs: 200, forMs: 1_500, shares: { read: 3, write: 1 } };
    const stale = observeRuns(lab(exponent), load, (row) => {
      const replica = row('sql-replica');
      return (replica.staleReads ?? 0) / replica.offered;
    });
    const p = zipf(ROWS, exponent);
    const truth = p.reduce((sum, pk) => sum + pk * (1 - exp(-writesPerMs * pk * DELAY_MS)), 0);
    expect(errorsOff(estimate(stale), truth)).toBeLessThan(4);
    expect(estimate(stale).standardError).toBeLessThan(truth / 20);
  });

  it('is behind by its delay while writes go on', () => {
    const load = { perMs: 5, warmUpMs: 200, forMs: 100, shares: { write: 1 } };
    const lags = observeRuns(lab(0), load, (row) => row('sql-replica').lagMs ?? 0);
    for (const lagMs of lags) expect(lagMs).toBeLessThanOrEqual(DELAY_MS);
    // The oldest unapplied write is the first of a Poisson stream within the delay.
    expect(errorsOff(estimate(lags), DELAY_MS - 1 / 5)).toBeLessThan(4);
  });
});

describe('two nodes that both take writes and repeat the other’s a constant time later', () => {
  type Side = 'sql-primary' | 'sql-replica';
  const side = (kind: Side, peer: Side, delayMs: number) =>
    ({
      kind,
      routes: { peers: [[peer]] },
      replicatesOver: ['peers'],
      ...nothing,
      handlers: () => ({
        write: [commit(true), replicate('peers')],
        apply: [delay(delayMs)],
      }),
    }) satisfies Component;
  const links = [
    ['clients', 'vm-basic'],
    ['vm-basic', 'sql-primary'],
    ['vm-basic', 'sql-replica'],
    ['sql-primary', 'sql-replica'],
    ['sql-replica', 'sql-primary'],
  ] as const;
  const lab = (exponent: number, delayMs: number): Lab => ({
    components: {
      'vm-basic': {
        kind: 'vm-basic',
        routes: { left: [['sql-primary']], right: [['sql-replica']] },
        ...nothing,
        request: ({ operations }) => [
          draw('rows'),
          call(operations[0] === 'static' ? 'left' : 'right', 'write'),
        ],
      },
      'sql-primary': side('sql-primary', 'sql-replica', delayMs),
      'sql-replica': side('sql-replica', 'sql-primary', delayMs),
    },
    links: links.map(([from, to]) => ({ from, to })),
    classes: { left: patient('static'), right: patient('write') },
    data: data(exponent),
  });

  it.each([
    [0, 20],
    [0, 60],
    [0.8, 20],
    [1.4, 20],
  ])(
    'conflict as often as two Poisson writers do, under Zipf %d and %i ms',
    (exponent, delayMs) => {
      const load = { perMs: 1, warmUpMs: 200, forMs: 1_500, shares: { left: 1, right: 1 } };
      const conflicts = observeRuns(lab(exponent, delayMs), load, (row) => {
        const sides = [row('sql-primary'), row('sql-replica')];
        const sum = (figure: 'offered' | 'writeConflicts' | 'lostWrites') =>
          sides.reduce((total, side) => total + (side[figure] ?? 0), 0);
        expect(sum('lostWrites')).toBeGreaterThan(0);
        expect(sum('lostWrites')).toBeLessThanOrEqual(sum('writeConflicts'));
        return sum('writeConflicts') / sum('offered');
      });
      const truth = zipf(ROWS, exponent).reduce(
        (total, q) => total + q * (1 - exp(-0.5 * q * delayMs)),
        0,
      );
      expect(errorsOff(estimate(conflicts), truth)).toBeLessThan(4);
      expect(estimate(conflicts).standardError).toBeLessThan(truth / 20);
    },
  );
});
