import { expect, it } from 'vitest';
import { sharesAt } from './shares.ts';

it('follows the mix over time', () => {
  const mix = [
    { atSeconds: 0, shares: { a: 1 } },
    { atSeconds: 60, shares: { b: 1 } },
  ];
  expect(sharesAt(mix, 59.9)).toEqual({ a: 1 });
  expect(sharesAt(mix, 60)).toEqual({ b: 1 });
  expect(sharesAt([], 5)).toEqual({});
});
