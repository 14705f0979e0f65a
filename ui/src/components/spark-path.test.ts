import { expect, it } from 'vitest';
import { sparkPath } from './spark-path.ts';

it('ends at the right edge and keeps inside the box', () => {
  expect(sparkPath([0, 0.5, 2], 5, 100, 10)).toBe('M50.0 9.0L75.0 5.0L100.0 1.0');
});

it('draws only as many values as there are slots', () => {
  expect(sparkPath([1, 1, 0, 0], 2, 100, 10)).toBe('M0.0 9.0L100.0 9.0');
});

it('leaves a gap where nothing was measured', () => {
  expect(sparkPath([0, null, 0], 3, 100, 10)).toBe('M0.0 9.0M100.0 9.0');
});
