import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leastSquares, type Sample, studentQuantile } from './least-squares.ts';

type Column = 'base' | 'a' | 'b';
const COLUMNS: readonly Column[] = ['base', 'a', 'b'];

/** Samples of y = 3 base + 2 a + 0.5 b and noise that changes sign. */
function samples(count: number, noise: number): Sample<Column>[] {
  return Array.from({ length: count }, (_, i) => {
    const x = { base: 1, a: i % 5, b: (i * 7) % 11 };
    return { x, y: 3 + 2 * x.a + 0.5 * x.b + (i % 2 === 0 ? noise : -noise) };
  });
}

it('finds the coefficients that made the samples', () => {
  const fit = leastSquares(samples(40, 0), COLUMNS);
  if (fit.kind !== 'fitted') throw new Error('not fitted');
  expect(fit.estimates.base.value).toBeCloseTo(3, 9);
  expect(fit.estimates.a.value).toBeCloseTo(2, 9);
  expect(fit.estimates.b.value).toBeCloseTo(0.5, 9);
  expect(fit.estimates.a.halfWidth).toBeLessThan(1e-9);
});

it('gives intervals that hold the truth in about 95 of 100 cases, also for unequal noise', () => {
  const random = generator(7);
  let held = 0;
  for (let round = 0; round < 400; round++) {
    const noisy = Array.from({ length: 30 }, (_, i): Sample<Column> => {
      const a = i < 15 ? 0 : 10;
      return { x: { base: 1, a }, y: 5 + 2 * a + (random() - 0.5) * (a === 0 ? 1 : 8) };
    });
    const fit = leastSquares(noisy, ['base', 'a']);
    if (fit.kind !== 'fitted') throw new Error('not fitted');
    const { value, halfWidth } = fit.estimates.a;
    if (Math.abs(value - 2) <= halfWidth) held++;
  }
  expect(held / 400).toBeGreaterThan(0.92);
  expect(held / 400).toBeLessThan(0.99);
});

it('names a column that the samples do not tell from the others', () => {
  const twins = samples(20, 0).map(({ y, x }) => ({ y, x: { ...x, b: 2 * (x.a ?? 0) } }));
  expect(leastSquares(twins, COLUMNS)).toEqual({ kind: 'undetermined', column: 'b' });
  const absent = samples(20, 0).map(({ y, x }) => ({ y, x: { ...x, b: 0 } }));
  expect(leastSquares(absent, COLUMNS)).toEqual({ kind: 'undetermined', column: 'b' });
  expect(leastSquares(samples(3, 0), COLUMNS).kind).toBe('undetermined');
});

it('does not depend on the order of samples', () => {
  const shuffled = fc.shuffledSubarray(samples(25, 0.3), { minLength: 25 });
  const straight = leastSquares(samples(25, 0.3), COLUMNS);
  if (straight.kind !== 'fitted') throw new Error('not fitted');
  fc.assert(
    fc.property(shuffled, (order) => {
      const fit = leastSquares(order, COLUMNS);
      if (fit.kind !== 'fitted') throw new Error('not fitted');
      expect(fit.estimates.b.value).toBeCloseTo(straight.estimates.b.value, 9);
    }),
    { numRuns: 20 },
  );
});

it('knows Student’s quantiles', () => {
  const table = [
    [1, 12.706],
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [120, 1.98],
  ] as const;
  for (const [freedom, quantile] of table) {
    expect(Math.abs(studentQuantile(freedom) - quantile)).toBeLessThan(0.02 * quantile);
  }
});

/** A small seeded generator of numbers between 0 and 1. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
