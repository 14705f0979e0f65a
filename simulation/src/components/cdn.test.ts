import { describe, expect, it } from 'vitest';
import { createZipf } from '../kernel/random.ts';
import type { NodeOf, Topology } from '../protocol/index.ts';
import { withNode } from '../testing/small-town.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { STORE_DATA, StoreRun, storeTown } from '../testing/store-town.ts';
import { hitRatioLru, hitRatioTtl } from '../testing/theory.ts';

const PAGES = { page: 1 };
const PER_SECOND = 200;

function town(changes: Partial<NodeOf<'cdn'>> = {}): Topology {
  const base = storeTown();
  const edge = base.nodes.find(({ kind }) => kind === 'cdn') as NodeOf<'cdn'>;
  return withNode(base, { ...edge, ...changes });
}

/** Its hit ratio after a while, over fixed seeds. */
function hitRatio(topology: Topology, items: number) {
  const ratios = [1, 2, 3, 4].map((seed) => {
    const run = new StoreRun(topology, { seed, data: { items } });
    run.run(60_000, PER_SECOND, PAGES);
    return run.run(40_000, PER_SECOND, PAGES)('edge').hitRatio ?? 0;
  });
  return estimate(ratios);
}

function probabilities(items: number): number[] {
  const law = createZipf(items, STORE_DATA.zipfExponent);
  return Array.from({ length: items }, (_, rank) => law.probability(rank));
}

describe('a CDN', () => {
  it('answers what it has and fetches the rest', () => {
    const run = new StoreRun(town());
    run.run(20_000, PER_SECOND, PAGES);
    const row = run.run(10_000, PER_SECOND, PAGES);
    const hits = row('edge').hitRatio ?? 0;
    expect(hits).toBeGreaterThan(0.5);
    expect(row('web').offered / row('edge').offered).toBeCloseTo(1 - hits, 2);
    // Its own work, and two ways over one link.
    expect(row('*').latency.p50Ms).toBeLessThan(1.5);
    expect(row('*').errors).toEqual({});
  });

  it('passes on what is not all static', () => {
    const row = new StoreRun(town()).run(5_000, 50, { report: 1, order: 1 });
    expect(row('edge').hitRatio).toBeNull();
    expect(Math.abs(row('web').offered - row('*').offered)).toBeLessThan(3);
  });

  it('holds as many files as its memory does, and has the hit ratio of Che', () => {
    const capacity = (128 * 1024) / 64;
    const items = 6_000;
    const { mean, standardError } = hitRatio(town(), items);
    // Che's own error is at most .2 % from a capacity of 100.
    const truth = hitRatioLru(probabilities(items), capacity);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * standardError + 0.002);
  });

  it('fetches a file anew after its time to live', () => {
    const ttlSeconds = 5;
    const rates = probabilities(STORE_DATA.items).map((p) => p * PER_SECOND);
    const ratio = hitRatio(town({ ttlSeconds }), STORE_DATA.items);
    // A fetch takes some 3 ms of the item's 5 s, in which others miss it too.
    expect(Math.abs(ratio.mean - hitRatioTtl(rates, ttlSeconds))).toBeLessThan(
      4 * ratio.standardError + 0.002,
    );
    expect(errorsOff(ratio, hitRatioTtl(rates, 2 * ttlSeconds))).toBeGreaterThan(10);
  });

  it('starts empty after a restart', () => {
    const run = new StoreRun(town());
    run.run(20_000, PER_SECOND, PAGES);
    run.simulator.restart('edge');
    run.run(1_000, 0);
    const cold = run.run(500, PER_SECOND, PAGES);
    expect(cold('edge').hitRatio).toBeLessThan(0.3);
  });
});
