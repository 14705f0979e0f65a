import { describe, expect, it } from 'vitest';
import { needsNewGeneration, rateOf, virtualUsers } from './schedule.ts';

const plan = {
  steps: [
    { seconds: 10, ratePerSecond: 20 },
    { seconds: 5, ratePerSecond: 0 },
    { seconds: 10, ratePerSecond: 40 },
  ],
};

describe('a plan’s rate', () => {
  it('is that of the step at the time, and nothing after the end', () => {
    expect([0, 9.99, 10, 14.9, 15, 24.9, 25, 900].map((at) => rateOf(plan, at))).toEqual([
      20, 20, 0, 0, 40, 40, 0, 0,
    ]);
  });
});

describe('another generation is needed', () => {
  it.each([
    ['the same is wanted', 20, 5, false],
    ['nearly the same is wanted', 20.9, 5, false],
    ['more is wanted', 21.1, 5, true],
    ['less is wanted', 18.9, 5, true],
    ['the plan is too young', 100, 2.9, false],
    ['nothing is planned, and next to nothing wanted', 0.05, 12, false],
    ['nothing is planned, and something wanted', 1, 12, true],
    ['the plan has ended', 20, 30, true],
  ])('when %s: %d/s at %d s: %s', (_, wanted, seconds, needed) => {
    expect(needsNewGeneration(plan, wanted, seconds)).toBe(needed);
  });
});

describe('requests under way', () => {
  it('are as many as the highest rate brings in the longest time, and a quarter more', () => {
    const classes = { home: { timeoutMs: 1_000 }, signup: { timeoutMs: 3_000 } };
    expect(virtualUsers(plan.steps, classes)).toBe(150);
  });

  it('are at least one and at most ten thousand', () => {
    const classes = { home: { timeoutMs: 60_000 } };
    expect(virtualUsers([{ seconds: 1, ratePerSecond: 0 }], classes)).toBe(1);
    expect(virtualUsers([{ seconds: 1, ratePerSecond: 9_999 }], classes)).toBe(10_000);
  });
});
