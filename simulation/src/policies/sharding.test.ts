import { describe, expect, it } from 'vitest';
import { shardOf } from './sharding.ts';

describe('shardOf', () => {
  it.each([2, 3, 8, 16])('spreads keys evenly over %i shards', (count) => {
    const keys = 16_000;
    const sizes = new Array<number>(count).fill(0);
    for (let key = 0; key < keys; key++) {
      const shard = shardOf(key, count);
      sizes[shard] = (sizes[shard] ?? 0) + 1;
    }
    // Binomial: 5 standard deviations.
    const mean = keys / count;
    const slack = 5 * Math.sqrt(mean * (1 - 1 / count));
    for (const size of sizes) expect(Math.abs(size - mean)).toBeLessThan(slack);
  });

  it('does not put the most popular keys together', () => {
    expect(new Set(Array.from({ length: 12 }, (_, key) => shardOf(key, 4))).size).toBe(4);
  });
});
