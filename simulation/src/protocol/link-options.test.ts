import { describe, expect, it } from 'vitest';
import { parse } from './parse.ts';
import { LinkSchema } from './topology.ts';

const ends = { from: 'a', to: 'b' };
const accepts = (options: object) => parse(LinkSchema, { ...ends, ...options }).ok;
const retries = { attempts: 3, backoffMs: 100, jitter: true, budgetRatio: 0.1 };
const breaker = {
  failureRatio: 0.5,
  windowSeconds: 10,
  minimumCalls: 20,
  openSeconds: 5,
  probes: 3,
};

describe('a link', () => {
  it('may say nothing, anything, or all of how it is called over', () => {
    const all = { timeoutMs: 500, retries, breaker, maxConcurrent: 50 };
    expect([{}, { calls: { retries } }, { weight: 3, calls: all }].map(accepts)).toEqual([
      true,
      true,
      true,
    ]);
    expect(accepts({ calls: { retries: { ...retries, budgetRatio: null } } })).toBe(true);
  });

  it('has no empty call options, and none by another name', () => {
    expect([{ calls: {} }, { calls: { timeout: 5 } }].map(accepts)).toEqual([false, false]);
  });

  it.each<[string, (value: number) => object]>([
    ['weight', (weight) => ({ weight })],
    ['timeoutMs', (timeoutMs) => ({ calls: { timeoutMs } })],
    ['maxConcurrent', (maxConcurrent) => ({ calls: { maxConcurrent } })],
    ['attempts', (attempts) => ({ calls: { retries: { ...retries, attempts } } })],
    ['budgetRatio', (budgetRatio) => ({ calls: { retries: { ...retries, budgetRatio } } })],
    ['failureRatio', (failureRatio) => ({ calls: { breaker: { ...breaker, failureRatio } } })],
    ['windowSeconds', (windowSeconds) => ({ calls: { breaker: { ...breaker, windowSeconds } } })],
    ['minimumCalls', (minimumCalls) => ({ calls: { breaker: { ...breaker, minimumCalls } } })],
    ['openSeconds', (openSeconds) => ({ calls: { breaker: { ...breaker, openSeconds } } })],
    ['probes', (probes) => ({ calls: { breaker: { ...breaker, probes } } })],
  ])('has no %s that is zero, negative, huge or no number', (_, withValue) => {
    const values = [0, -1, 1e9, Number.NaN, Number.POSITIVE_INFINITY];
    expect(values.map((value) => accepts(withValue(value)))).toEqual(values.map(() => false));
    expect(accepts(withValue(1))).toBe(true);
  });

  it('may try again at once, but not before it failed', () => {
    const after = (backoffMs: number) => accepts({ calls: { retries: { ...retries, backoffMs } } });
    expect([0, -1, Number.NaN, 60_001].map(after)).toEqual([true, false, false, false]);
  });
});
