import { describe, expect, it } from 'vitest';
import { MAX_MARKS, requestsPerMark, roundScale } from './requests-per-mark.ts';

const flow = (ratePerSecond: number, speed = 200, length = 200) => ({
  ratePerSecond,
  speed,
  length,
});

describe('the scale of the marks', () => {
  it('is one request a mark while that can be read', () => {
    expect(requestsPerMark([flow(10), flow(20)], 1)).toBe(1);
    expect(requestsPerMark([], 1)).toBe(1);
  });

  it('is a round number', () => {
    expect([0.2, 1, 1.1, 3, 7, 12, 21, 300].map(roundScale)).toEqual([1, 1, 2, 5, 10, 20, 50, 500]);
  });

  it('keeps the number of marks alive below the limit', () => {
    const flows = Array.from({ length: 500 }, () => flow(100));
    const scale = requestsPerMark(flows, 1);
    const alive = flows.reduce((sum, one) => sum + (one.ratePerSecond * one.length) / one.speed, 0);
    expect(alive / scale).toBeLessThanOrEqual(MAX_MARKS);
    expect(alive / scale).toBeGreaterThan(MAX_MARKS / 3);
  });

  it('gets coarser on one crowded link', () => {
    expect(requestsPerMark([flow(600)], 1)).toBeGreaterThanOrEqual(20);
  });

  it('does not flicker around a threshold, and gets finer again in the end', () => {
    const atThreshold = [flow(25.1)];
    const scale = requestsPerMark(atThreshold, 1);
    expect(requestsPerMark([flow(24.9)], scale)).toBe(scale);
    expect(requestsPerMark([flow(5)], scale)).toBe(1);
  });
});
