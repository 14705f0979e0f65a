import { expect, it } from 'vitest';
import { createPace, MOST_CATCH_UP_MS } from './pace.ts';

it('owes nothing before time has passed', () => {
  expect(createPace().due(500, 4)).toBe(0);
});

it('owes the wall time times the speed, and carries fractions over', () => {
  const pace = createPace();
  pace.due(0, 2);
  expect(pace.due(10.3, 2)).toBe(20);
  pace.played(20);
  expect(pace.due(20.3, 2)).toBe(20);
  pace.played(20);
  expect(pace.due(20.6, 2)).toBe(1);
});

it('does not jump after the machine slept', () => {
  const pace = createPace();
  pace.due(0, 1);
  expect(pace.due(3_600_000, 1)).toBe(MOST_CATCH_UP_MS);
});

it('caps what an engine that is too slow still owes', () => {
  const pace = createPace();
  pace.due(0, 4);
  for (let i = 1; i <= 20; i++) pace.due(i * 200, 4);
  expect(pace.due(4_000, 4)).toBe(MOST_CATCH_UP_MS * 4);
});
