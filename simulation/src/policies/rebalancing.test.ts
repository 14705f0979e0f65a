import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REBALANCING_POLICIES } from '../protocol/index.ts';
import { REBALANCING } from './rebalancing.ts';

const nobody = (partitions: number) => new Int32Array(partitions).fill(-1);

/** Random groups: partitions, consumers, and who of these had what before. */
const memberships = fc
  .tuple(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 80 }))
  .chain(([partitions, consumers]) =>
    fc.record({
      partitions: fc.constant(partitions),
      consumers: fc.constant(consumers),
      owners: fc.array(fc.integer({ min: -1, max: consumers - 1 }), {
        minLength: partitions,
        maxLength: partitions,
      }),
    }),
  );

describe.each(REBALANCING_POLICIES)('the %s assignment', (policy) => {
  const { assign } = REBALANCING[policy];

  it('gives each partition to one consumer, in shares that differ by one at most', () => {
    fc.assert(
      fc.property(memberships, (membership) => {
        const { partitions, consumers } = membership;
        const has = new Int32Array(consumers);
        for (const owner of assign(membership)) has[owner] = (has[owner] as number) + 1;
        expect(has.reduce((sum, n) => sum + n, 0)).toBe(partitions);
        expect(Math.max(...has) - Math.min(...has)).toBeLessThanOrEqual(1);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('gives nobody anything when there is no consumer', () => {
    expect([...assign({ partitions: 3, consumers: 0, owners: nobody(3) })]).toEqual([-1, -1, -1]);
  });
});

describe('the range assignment', () => {
  it('gives runs of neighbours, the first consumers one more', () => {
    const assign = (partitions: number, consumers: number) => [
      ...REBALANCING.range.assign({ partitions, consumers, owners: nobody(partitions) }),
    ];
    expect(assign(7, 3)).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect(assign(3, 5)).toEqual([0, 1, 2]);
  });
});

describe('the cooperative assignment', () => {
  const { assign } = REBALANCING.cooperative;

  it('leaves a newcomer its share and everybody else what it had', () => {
    const owners = [0, 0, 0, 1, 1, 1];
    expect([...assign({ partitions: 6, consumers: 3, owners })]).toEqual([0, 0, 2, 1, 1, 2]);
  });

  it('moves no more partitions than it must', () => {
    fc.assert(
      fc.property(memberships, (membership) => {
        const { partitions, consumers, owners } = membership;
        const after = assign(membership);
        const kept = owners.filter((owner, p) => owner >= 0 && owner === after[p]).length;
        expect(kept).toBe(mostKept(owners, partitions, consumers));
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});

/** Each consumer can keep its share, and as many as there are larger shares can keep one more. */
function mostKept(owners: readonly number[], partitions: number, consumers: number): number {
  const share = Math.floor(partitions / consumers);
  const had = Array.from({ length: consumers }, (_, c) => owners.filter((o) => o === c).length);
  const withMore = had.filter((n) => n > share).length;
  const within = had.reduce((sum, n) => sum + Math.min(n, share), 0);
  return within + Math.min(withMore, partitions % consumers);
}
