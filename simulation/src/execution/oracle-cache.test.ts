import { describe, expect, it } from 'vitest';
import { createZipf } from '../kernel/random.ts';
import { type Lab, observeRuns } from '../testing/queue-lab.ts';
import { estimate } from '../testing/statistics.ts';
import { hitRatioLru } from '../testing/theory.ts';
import type { Component } from './component.ts';
import { draw, fill, lookUp, unlessHit } from './step.ts';

const ITEMS = 2_000;

function lazyCache(capacity: number, zipfExponent: number): Lab {
  const cache: Component = {
    kind: 'vm-basic',
    routes: {},
    resources: () => ({ items: { type: 'store', items: ITEMS, capacity } }),
    request: () => [draw('items'), lookUp('items'), unlessHit(fill('items'))],
  };
  return {
    components: { 'vm-basic': cache },
    links: [{ from: 'clients', to: 'vm-basic' }],
    data: { items: ITEMS, zipfExponent, hotRows: 1, hotRowExponent: 0 },
  };
}

describe('an LRU cache under Zipf requests', () => {
  it.each([
    [100, 0.9],
    [500, 0.9],
    [200, 1.2],
    [1_000, 0],
  ])('with room for %i and exponent %d has the hit ratio of Che', (capacity, exponent) => {
    const law = createZipf(ITEMS, exponent);
    const probabilities = Array.from({ length: ITEMS }, (_, rank) => law.probability(rank));
    const load = { perMs: 1, warmUpMs: 10_000, forMs: 25_000 };
    const ratios = observeRuns(
      lazyCache(capacity, exponent),
      load,
      (row) => row('vm-basic').hitRatio ?? 0,
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
    const { mean, standardError } = estimate(ratios);
    // Che's own error is at most .2 % from a capacity of 100.
    const allowed = 4 * standardError + 0.002;
    expect(Math.abs(mean - hitRatioLru(probabilities, capacity))).toBeLessThan(allowed);
    expect(standardError).toBeLessThan(0.002);
  });
});
