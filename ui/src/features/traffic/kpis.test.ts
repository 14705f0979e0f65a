import type { Measurement, Snapshot } from '@project-devops/simulation/protocol';
import { expect, it } from 'vitest';
import { presentKpi, toShares } from './kpis.ts';

const endToEnd = {
  startMs: 4_000,
  endMs: 5_000,
  served: 60,
  errors: { 'time-out': 15, 'queue-full': 5 },
  latency: { p95Ms: 362 },
  costPerHour: 9,
} as unknown as Measurement;

it('reads every figure from the snapshot', () => {
  const snapshot = { endToEnd, costPerHour: 41 } as Snapshot;
  expect(presentKpi('throughput', snapshot)).toBe(60);
  expect(presentKpi('p95', snapshot)).toBe(362);
  expect(presentKpi('errors', snapshot)).toBe(0.25);
  expect(presentKpi('cost', snapshot)).toBe(41);
});

it('knows only the cost before the first second', () => {
  const snapshot = { endToEnd: null, costPerHour: 6 } as Snapshot;
  expect(presentKpi('throughput', snapshot)).toBeNull();
  expect(presentKpi('cost', snapshot)).toBe(6);
});

it('fits a line into its height', () => {
  expect(toShares([0, 5, null, 20], 10)).toEqual([0, 0.25, null, 1]);
  expect(toShares([1], 10)).toEqual([0.1]);
});
