import { expect, it } from 'vitest';
import { fasterThan, slowerThan } from './speeds.ts';
import { trendOf } from './trend.ts';

it('goes through the speeds and stays at the ends', () => {
  expect([0, 1, 2, 4].map((speed) => fasterThan(speed as 0))).toEqual([1, 2, 4, 4]);
  expect([0, 1, 2, 4].map((speed) => slowerThan(speed as 0))).toEqual([0, 0, 1, 2]);
});

it('calls a change too small to matter steady', () => {
  expect(trendOf(10_000, 1)).toBe('steady');
  expect(trendOf(10_000, 50)).toBe('up');
  expect(trendOf(300, -2)).toBe('down');
  expect(trendOf(0, 0)).toBe('steady');
});
