import { describe, expect, it } from 'vitest';
import { createZipf } from '../kernel/random.ts';
import type { Measurement } from '../protocol/index.ts';
import { type Lab, observeRuns } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { hitRatioLru, hitRatioOfTop, hitRatioTtl } from '../testing/theory.ts';
import type { Component } from './component.ts';
import type { Resource } from './resource.ts';
import { draw, fill, lookUp, unlessHit } from './step.ts';

const ITEMS = 2_000;

type StoreOptions = Omit<Extract<Resource, { type: 'store' }>, 'type' | 'items'>;

function lazyCache(options: StoreOptions, zipfExponent: number): Lab {
  const cache: Component = {
    kind: 'vm-basic',
    routes: {},
    resources: () => ({ items: { type: 'store', items: ITEMS, ...options } }),
    request: () => [draw('items'), lookUp('items'), unlessHit(fill('items'))],
  };
  return {
    components: { 'vm-basic': cache },
    links: [{ from: 'clients', to: 'vm-basic' }],
    data: { items: ITEMS, zipfExponent, hotRows: 1, hotRowExponent: 0 },
  };
}

function probabilities(exponent: number): number[] {
  const law = createZipf(ITEMS, exponent);
  return Array.from({ length: ITEMS }, (_, rank) => law.probability(rank));
}

const SEEDS = Array.from({ length: 20 }, (_, i) => 1 + i);
/** Enough where a long time to learn makes a run dear. */
const FEW_SEEDS = SEEDS.slice(0, 8);

/** The hit ratio over a window of 10,000 requests, one a millisecond. */
function hitRatio(options: StoreOptions, exponent: number, warmUpMs: number, seeds = SEEDS) {
  const load = { perMs: 1, warmUpMs, forMs: 10_000 };
  const figure = (row: (node: string) => Measurement) => row('vm-basic').hitRatio ?? 0;
  return estimate(observeRuns(lazyCache(options, exponent), load, figure, seeds));
}

describe('an LRU cache under Zipf requests', () => {
  it.each([
    [100, 0.9],
    [500, 0.9],
    [200, 1.2],
    [1_000, 0],
  ])('with room for %i and exponent %d has the hit ratio of Che', (capacity, exponent) => {
    const { mean, standardError } = hitRatio({ capacity }, exponent, 10_000);
    // Che's own error is at most .2 % from a capacity of 100.
    const allowed = 4 * standardError + 0.002;
    expect(Math.abs(mean - hitRatioLru(probabilities(exponent), capacity))).toBeLessThan(allowed);
    expect(standardError).toBeLessThan(0.002);
  });
});

describe('an LFU cache under Zipf requests', () => {
  it.each([
    [100, 0.9],
    [200, 1.2],
  ])(
    'with room for %i and exponent %d comes to hold the most popular items',
    (capacity, exponent) => {
      const warmUpMs = 40_000;
      const { mean, standardError } = hitRatio(
        { capacity, eviction: 'lfu' },
        exponent,
        warmUpMs,
        FEW_SEEDS,
      );
      const best = hitRatioOfTop(probabilities(exponent), capacity);
      // Counts of n requests tell items apart whose probabilities p differ by d = 2 sqrt(p / n). About d C / (exponent p)
      // items at the edge are that close; holding the wrong ones of them costs d / 2 each.
      const learning = (2 * capacity) / (exponent * warmUpMs);
      expect(mean).toBeLessThan(best + 4 * standardError);
      expect(mean).toBeGreaterThan(best - learning - 4 * standardError);
      expect(mean).toBeGreaterThan(hitRatioLru(probabilities(exponent), capacity) + 0.05);
    },
  );
});

describe('a cache with a time to live under Zipf requests', () => {
  it.each([
    [500, 0.9],
    [2_000, 0],
  ])('of %i ms and exponent %d has the hit ratio of renewals', (ttlMs, exponent) => {
    // All items begin in step; after five renewals and more they no longer are.
    const ratio = hitRatio({ capacity: ITEMS, ttlMs }, exponent, 10 * ttlMs);
    expect(errorsOff(ratio, hitRatioTtl(probabilities(exponent), ttlMs))).toBeLessThan(4);
    expect(ratio.standardError).toBeLessThan(0.002);
  });
});
