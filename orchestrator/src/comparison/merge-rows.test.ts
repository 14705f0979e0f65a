import { MeasurementSchema, parse } from '@project-devops/simulation/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeRows } from './merge-rows.ts';
import { sampleLatency, sampleRow } from './sample-rows.ts';

it('adds counts, errors and buckets, and makes percentiles anew from the buckets', () => {
  const fast = sampleRow({ latency: sampleLatency(Array(90).fill(1)), errors: { 'time-out': 1 } });
  const slow = sampleRow({
    startMs: 1_000,
    latency: sampleLatency(Array(10).fill(500)),
    errors: { 'time-out': 2, 'queue-full': 3 },
    inFlight: 4,
  });
  const merged = mergeRows([fast, slow]);
  expect(merged).toMatchObject({ startMs: 0, endMs: 2_000, offered: 100, inFlight: 4 });
  expect(merged.errors).toEqual({ 'time-out': 3, 'queue-full': 3 });
  expect(merged.latency).toMatchObject({ count: 100, sumMs: 90 + 5_000 });
  expect(merged.latency.p50Ms).toBeLessThanOrEqual(1);
  expect(merged.latency.p95Ms).toBeGreaterThan(470);
  expect(parse(MeasurementSchema, merged)).toMatchObject({ ok: true });
});

it('weighs utilisation and waiting by time, and the hit ratio by calls', () => {
  const second = sampleRow({ utilisation: 0.9, queueDepth: 3, hitRatio: 1, served: 10 });
  const threeSeconds = sampleRow({
    startMs: 1_000,
    endMs: 4_000,
    utilisation: 0.1,
    queueDepth: 1,
    hitRatio: 0.5,
    served: 90,
  });
  const merged = mergeRows([second, threeSeconds]);
  expect(merged.utilisation).toBeCloseTo(0.3, 12);
  expect(merged.queueDepth).toBeCloseTo(1.5, 12);
  expect(merged.hitRatio).toBeCloseTo(0.55, 12);
});

it('keeps what does not apply null, and leaves rows without a figure out of its mean', () => {
  const without = sampleRow({ startMs: 1_000 });
  expect(mergeRows([sampleRow(), without])).toMatchObject({
    utilisation: null,
    hitRatio: null,
    connections: null,
  });
  expect(mergeRows([sampleRow({ utilisation: 0.4 }), without]).utilisation).toBe(0.4);
});

it('takes the last lag, the most connections under the last limit, and adds good requests by class', () => {
  const merged = mergeRows([
    sampleRow({ lagMs: 50, connections: { used: 9, limit: 20 }, goodByClass: { home: 5 } }),
    sampleRow({
      startMs: 1_000,
      lagMs: 7,
      connections: { used: 3, limit: 50 },
      goodByClass: { home: 1, browse: 2 },
    }),
  ]);
  expect(merged.lagMs).toBe(7);
  expect(merged.connections).toEqual({ used: 9, limit: 50 });
  expect(merged.goodByClass).toEqual({ home: 6, browse: 2 });
});

it('refuses to merge nothing', () => {
  expect(() => mergeRows([])).toThrow(RangeError);
});

it('gives the same row whether windows are merged at once or step by step', () => {
  const count = fc.integer({ min: 0, max: 500 });
  const ratio = fc.option(fc.integer({ min: 0, max: 100 }));
  const second = fc.record({ served: count, utilisation: ratio, queueDepth: ratio, lagMs: ratio });
  fc.assert(
    fc.property(fc.array(second, { minLength: 3, maxLength: 8 }), (seconds) => {
      const rows = seconds.map((changes, at) => sampleRow({ ...changes, startMs: at * 1_000 }));
      const stepwise = rows.reduce((sum, row) => mergeRows([sum, row]));
      const atOnce = mergeRows(rows);
      expect(stepwise.served).toBe(atOnce.served);
      expect(stepwise.latency).toEqual(atOnce.latency);
      expect(stepwise.lagMs).toBe(atOnce.lagMs);
      const allTold = seconds.every(({ utilisation }) => utilisation !== null);
      if (allTold) expect(stepwise.utilisation).toBeCloseTo(atOnce.utilisation ?? 0, 9);
    }),
  );
});
