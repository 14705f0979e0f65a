import { expect, it } from 'vitest';
import { measureRoundsPerMs } from './native-work.ts';

it('takes the best trial, and none that took no time by a coarse clock', () => {
  const takes = [10, 5, 0, 8, 7];
  let at = 0;
  let call = 0;
  const clock = () => {
    if (call++ % 2 === 1) at += takes.shift() ?? 10;
    return at;
  };
  expect(measureRoundsPerMs(clock)).toBe(1_000);
});

it('finds an amount that this machine can do', () => {
  const rounds = measureRoundsPerMs();
  expect(rounds).toBeGreaterThan(50);
  expect(rounds).toBeLessThan(100_000);
});

it('fails when CPU time stands still', () => {
  expect(() => measureRoundsPerMs(() => 5)).toThrow('does not advance');
});
