import { describe, expect, it } from 'vitest';
import { helloWorld } from '../scenarios/hello-world.ts';
import { forecast, nextUsers } from './users.ts';

const rules = { ...helloWorld.users, growthPerSecond: 0.01, churnPerSecond: 0.1 };

describe('users', () => {
  it('grow in full while every request is good', () => {
    expect(nextUsers(1_000, { served: 50, good: 50, errors: {} }, rules)).toBeCloseTo(1_010, 9);
  });

  it('neither grow nor leave over requests that are served late', () => {
    expect(nextUsers(1_000, { served: 50, good: 0, errors: {} }, rules)).toBe(1_000);
  });

  it('leave over failed requests, whatever the cause', () => {
    const errors = { 'time-out': 25, 'queue-full': 25 } as const;
    expect(nextUsers(1_000, { served: 0, good: 0, errors }, rules)).toBeCloseTo(900, 9);
    expect(nextUsers(1_000, { served: 50, good: 50, errors }, rules)).toBeCloseTo(955, 9);
  });

  it('stay in a second that finishes nothing, and are never fewer than none', () => {
    expect(nextUsers(1_000, { served: 0, good: 0, errors: {} }, rules)).toBe(1_000);
    const gone = { ...rules, churnPerSecond: 1 };
    expect(nextUsers(1_000, { served: 0, good: 0, errors: { 'no-route': 1 } }, gone)).toBe(0);
  });
});

describe('the forecast', () => {
  it('is the load of users that stay content, every five seconds to the end', () => {
    const points = forecast({ ...helloWorld, events: [], traffic: [{ atSeconds: 0, factor: 2 }] });
    const { initial, requestsPerUserPerMinute, growthPerSecond } = helloWorld.users;
    expect(points.map(({ atSeconds }) => atSeconds)).toEqual(
      Array.from({ length: 97 }, (_, i) => i * 5),
    );
    for (const { atSeconds, ratePerSecond } of points) {
      const users = initial * (1 + growthPerSecond) ** atSeconds;
      expect(ratePerSecond).toBeCloseTo((2 * users * requestsPerUserPerMinute) / 60, 6);
    }
  });

  it('shows announced events', () => {
    const calm = forecast({ ...helloWorld, events: [] });
    const shown = forecast(helloWorld).map(({ ratePerSecond }, i) => ({
      atSeconds: i * 5,
      ratio: ratePerSecond / (calm[i]?.ratePerSecond ?? 1),
    }));
    for (const { atSeconds, ratio } of shown) {
      if (atSeconds <= 300 || atSeconds >= 385) expect(ratio).toBeCloseTo(1, 9);
      if (atSeconds >= 310 && atSeconds <= 375) expect(ratio).toBeCloseTo(1.7, 9);
    }
    expect(shown[61]?.ratio).toBeCloseTo(1.35, 9);
  });
});
