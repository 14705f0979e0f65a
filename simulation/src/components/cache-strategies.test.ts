import { describe, expect, it } from 'vitest';
import { measuringProblems } from '../measure-check.ts';
import type { CacheStrategy, Topology } from '../protocol/index.ts';
import { withoutLink } from '../testing/small-town.ts';
import { STORE_CLASSES, STORE_DATA, StoreRun, storeTown } from '../testing/store-town.ts';
import { DEFAULT_PROFILE } from './default-profile.ts';

const ORDERS = { order: 1 };
const REPORTS = { report: 1 };

function problems(topology: Topology) {
  const mix = [{ atSeconds: 0, shares: ORDERS }];
  const load = [{ atSeconds: 0, ratePerSecond: 10 }];
  const rest = { data: STORE_DATA, arrivals: 'poisson', seed: 1, load, warmupSeconds: 0 } as const;
  const extent = { seconds: 1 };
  return measuringProblems({ topology, classes: STORE_CLASSES, mix, extent, ...rest });
}

/** Rows of reads, then of writes, then of reads again. */
function rounds(strategy: CacheStrategy) {
  const run = new StoreRun(storeTown({ strategy }));
  run.run(20_000, 100, REPORTS);
  const reads = run.run(5_000, 100, REPORTS);
  const writes = run.run(5_000, 100, ORDERS);
  return { reads, writes, after: run.run(1_000, 100, REPORTS) };
}

const hits = (row: (id: string) => { readonly hitRatio: number | null }) =>
  row('cache').hitRatio ?? 0;

describe('a lazy cache', () => {
  it('misses what was written since', () => {
    const { reads, writes, after } = rounds('lazy');
    expect(hits(after)).toBeLessThan(hits(reads) - 0.15);
    expect(writes('primary').served).toBe(writes('cache').served);
  });
});

describe('a cache with write-through', () => {
  it('has what was written, which the database has too', () => {
    const { reads, writes, after } = rounds('write-through');
    expect(hits(after)).toBeGreaterThan(hits(reads) - 0.02);
    expect(Math.abs(writes('primary').served - writes('*').served)).toBeLessThan(3);
    expect(writes('cache')).not.toHaveProperty('dirtyItems');
  });
});

describe('a cache with write-back', () => {
  it('has what was written, and the database has it later, in fewer writes', () => {
    const { writes, after } = rounds('write-back');
    const through = rounds('write-through').writes;
    expect(hits(after)).toBeGreaterThan(0.3);
    expect(writes('primary').served).toBeLessThan(0.97 * writes('*').served);
    expect(writes('primary').served).toBeGreaterThan(0.3 * writes('*').served);
    expect(writes('*').latency.p50Ms).toBeLessThan((through('*').latency.p50Ms ?? 0) - 3);
    expect(after('cache').dirtyItems).toBe(0);
  });

  it('loses what it holds when it restarts, and nothing otherwise', () => {
    const run = new StoreRun(storeTown({ strategy: 'write-back', flushSeconds: 60 }));
    const before = run.run(10_000, 20, ORDERS);
    expect(before('cache').lostWrites).toBe(0);
    run.simulator.restart('cache');
    expect(run.run(1, 0, ORDERS)('cache').lostWrites).toBe(before('cache').served);
  });

  it('keeps what it cannot flush while the database is down', () => {
    const run = new StoreRun(storeTown({ strategy: 'write-back' }));
    run.run(3_000, 20, ORDERS);
    run.simulator.restart('primary');
    const down = run.run(4_000, 20, ORDERS);
    expect(down('*').errors).toEqual({});
    expect(down('cache').dirtyItems).toBeGreaterThan(50);
    const up = run.run(10_000, 0, ORDERS);
    expect([up('cache').dirtyItems, up('cache').lostWrites]).toEqual([0, 0]);
  });

  it('must lead to a database', () => {
    const town = storeTown({ strategy: 'write-back' });
    expect(problems(town)).toEqual([]);
    const [problem] = problems(withoutLink(town, 'cache', 'primary'));
    expect(problem?.expected).toContain('a link from cache to a node of kind sql-primary or nosql');
  });

  it('holds no more than its memory: dirty items take a part of it', () => {
    const capacity = (128 * 1024) / 32;
    const run = new StoreRun(storeTown({ strategy: 'write-back', flushSeconds: 3_600 }), {
      data: { items: 50_000, zipfExponent: 0 },
    });
    run.run(60_000, 100, ORDERS);
    const store = run.simulator.topology.get('cache')?.store;
    expect(store?.dirty?.size).toBe(capacity / 4);
    run.run(60_000, 150, REPORTS);
    expect(store?.size).toBe((3 * capacity) / 4);
  });
});

describe('caches that disagree', () => {
  it('are all treated as lazy ones', () => {
    const town = storeTown({ strategy: 'write-back' });
    const second = {
      ...town.nodes[3],
      id: 'cache-2',
      strategy: 'lazy',
    } as Topology['nodes'][number];
    const run = new StoreRun({
      nodes: [...town.nodes, second],
      links: [...town.links, { from: 'web', to: 'cache-2' }],
    });
    const row = run.run(5_000, 20, ORDERS);
    expect(row('web').offered - row('primary').offered).toBeLessThan(3);
    expect(row('cache').dirtyItems).toBe(0);
  });
});

describe('a hot item that expires', () => {
  const one = { items: 1, hotRows: 1 };
  const slowRead = { ...DEFAULT_PROFILE.demands, 'sql-read': { meanMs: 40, cv: 0 } };
  const profile = { ...DEFAULT_PROFILE, demands: slowRead };
  const queries = (coalescing: boolean, seed: number) => {
    const town = storeTown({ ttlSeconds: 0.5, coalescing });
    const row = new StoreRun(town, { seed, data: one, profile }).run(20_000, 150, REPORTS);
    expect(row('*').served).toBeGreaterThan(0.99 * row('*').offered);
    return row('primary').offered;
  };

  it.each([1, 2, 3, 4])('is asked for once at a time with coalescing only (seed %i)', (seed) => {
    // At most one query a time to live, at least one a time to live, a query and the mean time between two requests more.
    expect(queries(true, seed)).toBeLessThanOrEqual(20 / 0.5 + 1);
    expect(queries(true, seed)).toBeGreaterThan(20 / 0.6);
    expect(queries(false, seed)).toBeGreaterThan(4 * queries(true, seed));
  });

  it('leaves no lease behind when callers give up waiting for it', () => {
    const town = storeTown({ ttlSeconds: 0.5, coalescing: true });
    const links = town.links.map((link) =>
      link.to === 'cache' ? { ...link, calls: { timeoutMs: 5 } } : link,
    );
    const run = new StoreRun({ ...town, links }, { data: one, profile });
    const impatient = run.run(20_000, 150, REPORTS);
    // Most go to the database themselves, without the answer for which they would have waited.
    expect(impatient('primary').offered).toBeGreaterThan(3 * (20 / 0.5));
    run.run(5_000, 0);
    expect(run.simulator.inFlight).toBe(0);
    const locks = run.run(10_000, 1, REPORTS);
    expect(locks('cache').errors).toEqual({});
    expect(locks('*').latency.p99Ms).toBeLessThan(60);
  });
});
