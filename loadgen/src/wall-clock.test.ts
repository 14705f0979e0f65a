import { expect, it } from 'vitest';
import { createWallClock } from './wall-clock.ts';

it('runs with the monotonic clock and follows jumps of the wall clock', () => {
  let elapsed = 100.5;
  let jump = 0;
  const now = createWallClock(
    () => Math.floor(50_000 + jump + elapsed),
    () => elapsed,
  );
  const begin = now();
  elapsed += 0.25;
  expect(now() - begin).toBeCloseTo(0.25, 9);
  jump = 60_000;
  expect(now() - begin).toBeGreaterThan(59_990);
});
