import { describe, expect, it } from 'vitest';
import { exp } from '../kernel/det-math.ts';
import { type Lab, observeRuns, patient, QueueLab } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import type { Component } from './component.ts';
import { call, delay, draw, fill, giveLease, lease, lookUp, unlessHit } from './step.ts';

const PER_MS = 0.2;
const TTL_MS = 400;
const FETCH_MS = 50;
/** Gives up before a fetch is done. */
const hasty = { ...patient('read'), timeoutMs: 40 };

/** One item that expires, in front of a database that takes a fixed time for each query however many there are. */
function hotItem(coalescing: boolean): Lab {
  const fetch = [call('database', 'read'), fill('items'), giveLease];
  const cache: Component = {
    kind: 'vm-basic',
    routes: { database: [['sql-primary']] },
    resources: () => ({
      items: { type: 'store', items: 1, capacity: 1, ttlMs: TTL_MS },
      fetches: { type: 'leases' },
    }),
    request: () => [
      draw('items'),
      lookUp('items'),
      unlessHit(...(coalescing ? [lease('fetches'), unlessHit(...fetch)] : fetch)),
    ],
  };
  const database: Component = {
    kind: 'sql-primary',
    routes: {},
    resources: () => ({}),
    handlers: () => ({ read: [delay(FETCH_MS)] }),
  };
  return {
    components: { 'vm-basic': cache, 'sql-primary': database },
    links: [
      { from: 'clients', to: 'vm-basic' },
      { from: 'vm-basic', to: 'sql-primary' },
    ],
  };
}

const FOR_MS = 40_000;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Queries of the database in each run. */
function queries(coalescing: boolean): number[] {
  const load = { perMs: PER_MS, warmUpMs: 2_000, forMs: FOR_MS };
  return observeRuns(hotItem(coalescing), load, (row) => row('sql-primary').offered, SEEDS);
}

describe('an item that expires under load', () => {
  it('is fetched by all who miss it until the first answer is there', () => {
    // The first miss and those of the next FETCH_MS; the item lives from the last one's answer on.
    const misses = 1 + PER_MS * FETCH_MS;
    const lastMissMs = FETCH_MS - (1 - exp(-PER_MS * FETCH_MS)) / PER_MS;
    const cycleMs = 1 / PER_MS + FETCH_MS + lastMissMs + TTL_MS;
    expect(errorsOff(estimate(queries(false)), (misses * FOR_MS) / cycleMs)).toBeLessThan(4);
  });

  it('is fetched once with coalescing, in every run', () => {
    const expected = FOR_MS / (1 / PER_MS + FETCH_MS + TTL_MS);
    // A cycle varies by its idle time only, whose standard deviation is its mean; a window cuts one cycle.
    const scatter = (Math.sqrt(expected) / PER_MS / FOR_MS) * expected;
    for (const count of queries(true)) {
      expect(Math.abs(count - expected)).toBeLessThan(1 + 4 * scatter);
    }
  });

  it('keeps those who wait for it no longer than the fetch takes, and fails none', () => {
    const lab = new QueueLab(hotItem(true), 1);
    lab.offer(PER_MS);
    const { latency, errors } = lab.run(FOR_MS)('*');
    expect(latency.p99Ms).toBeLessThan(FETCH_MS * 1.01);
    expect(errors).toEqual({});
  });

  it('is fetched by the next in line when the one who fetches it gives up', () => {
    const lab = new QueueLab({ ...hotItem(true), classes: { any: patient('read'), hasty } }, 1);
    lab.offer(PER_MS, { hasty: 1 });
    const row = lab.run(FOR_MS);
    // A fetch goes on although nobody waits for it any more; the next begins when it ends.
    expect(row('*').served).toBe(0);
    expect(row('sql-primary').offered).toBeLessThanOrEqual(FOR_MS / FETCH_MS);
    expect(row('sql-primary').offered).toBeGreaterThan((0.9 * FOR_MS) / FETCH_MS);
    lab.offer(PER_MS);
    lab.run(1_000);
    expect(lab.run(FOR_MS)('*').errors).toEqual({});
  });
});
