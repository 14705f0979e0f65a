import { describe, expect, it } from 'vitest';
import { LATENCY_BOUNDS_MS } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { rowOf } from '../testing/rows.ts';
import { createEconomy } from './economy.ts';
import { Totals } from './totals.ts';

/** A row of served requests that all took a time within one bucket. */
function servedRow(second: number, served: number, latencyMs: number) {
  const bucket = LATENCY_BOUNDS_MS.findIndex((bound) => bound >= latencyMs);
  const bucketCounts = [...rowOf().latency.bucketCounts];
  bucketCounts[bucket] = served;
  const latency = { ...rowOf().latency, count: served, sumMs: served * latencyMs, bucketCounts };
  const span = { startMs: second * 1_000, endMs: second * 1_000 + 1_000 };
  return rowOf({ ...span, offered: served, served, good: served, latency });
}

function totalsOf(rows: readonly ReturnType<typeof rowOf>[], users = 300) {
  const totals = new Totals();
  for (const row of rows) totals.add(row, users, helloWorld);
  return totals.of(createEconomy(0));
}

describe('the totals of a run', () => {
  it('are empty, and up, before the first second', () => {
    expect(totalsOf([])).toMatchObject({
      offered: 0,
      meanLatencyMs: null,
      p95LatencyMs: null,
      uptimeRatio: 1,
      errors: {},
    });
  });

  it('add up requests, errors by cause and latencies', () => {
    const failing = rowOf({ offered: 5, errors: { 'time-out': 2, 'no-route': 3 } });
    const totals = totalsOf([servedRow(0, 30, 12), failing, servedRow(2, 10, 100), failing]);
    expect(totals).toMatchObject({
      offered: 50,
      served: 40,
      good: 40,
      errors: { 'time-out': 4, 'no-route': 6 },
      meanLatencyMs: 34,
      uptimeRatio: 0.5,
    });
    expect(totals.p50LatencyMs).toBeGreaterThan(10);
    expect(totals.p50LatencyMs).toBeLessThanOrEqual(12);
    expect(totals.p95LatencyMs).toBeGreaterThan(82);
    expect(totals.p95LatencyMs).toBeLessThanOrEqual(100);
  });

  it('know the best five seconds in a row, none before the fifth', () => {
    const rows = [10, 20, 30, 40, 50, 60, 0, 0, 100].map((n, i) => servedRow(i, n, 5));
    expect(totalsOf(rows.slice(0, 4)).maxThroughputPerSecond).toBe(0);
    expect(totalsOf(rows.slice(0, 5)).maxThroughputPerSecond).toBe(30);
    expect(totalsOf(rows).maxThroughputPerSecond).toBe(42);
  });

  it('know the most users there were, and the money', () => {
    const totals = new Totals();
    for (const users of [100, 400, 200]) totals.add(rowOf(), users, helloWorld);
    const economy = { ...createEconomy(5), earned: 3, refunded: 2, spentOnRunning: 1 };
    expect(totals.of(economy)).toMatchObject({
      maxUsers: 400,
      earned: 3,
      refunded: 2,
      spentOnRunning: 1,
      spentOnBuilding: 0,
    });
  });
});
