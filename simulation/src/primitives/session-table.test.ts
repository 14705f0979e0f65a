import { describe, expect, it } from 'vitest';
import { exp } from '../kernel/det-math.ts';
import { createStream } from '../kernel/random.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { SessionTable } from './session-table.ts';

function tableOf(users: number, open: number, idleMs: number, seed = 1): SessionTable {
  return new SessionTable({ users, open, idleMs }, createStream(seed, 'sessions'));
}

describe('SessionTable', () => {
  it('opens one connection a user, and keeps it while it is used or not idle for too long', () => {
    const table = tableOf(1, 5, 100);
    const user = table.occupy(0, 0);
    expect(table.wasThere).toBe(false);
    table.occupy(1, 50);
    expect(table.wasThere).toBe(true);
    table.release(user, 60);
    expect(table.takeMostUsed(1_000)).toBe(1);
    table.release(user, 1_000);
    expect(table.takeMostUsed(1_099)).toBe(1);
    table.occupy(2, 1_099);
    expect(table.wasThere).toBe(true);
    table.release(user, 1_100);
    table.occupy(3, 1_200);
    expect(table.wasThere).toBe(false);
  });

  it('refuses a user without a connection when all are open, and nobody else', () => {
    const table = tableOf(200, 3, 1e9);
    const places = Array.from({ length: 500 }, (_, job) => table.occupy(job, 0));
    const open = new Set(places.filter((place) => place >= 0));
    expect(open.size).toBe(3);
    expect(places.filter((place) => place < 0).length).toBeGreaterThan(400);
    expect([table.takeMostUsed(0), table.tokens]).toEqual([3, 3]);
  });

  it('makes room when connections run out', () => {
    const table = tableOf(200, 3, 10);
    for (let job = 0; job < 500; job++) {
      const user = table.occupy(job, 0);
      if (user >= 0) table.release(user, 0);
    }
    expect(table.occupy(0, 10)).toBeGreaterThanOrEqual(0);
    expect(table.takeMostUsed(10)).toBe(3);
    expect(table.takeMostUsed(10)).toBe(1);
  });

  it('forgets every connection when cleared, those in use included', () => {
    const table = tableOf(1, 5, 100);
    const user = table.occupy(0, 0);
    table.clear(1);
    table.release(user, 2);
    table.occupy(1, 3);
    expect(table.wasThere).toBe(false);
  });

  it('takes another number of users as another crowd', () => {
    const table = tableOf(1, 5, 1e9);
    const user = table.occupy(0, 0);
    table.configure({ users: 3, open: 5, idleMs: 1e9 }, 1);
    table.release(user, 2);
    expect([table.takeMostUsed(2), table.takeMostUsed(2)]).toEqual([1, 0]);
  });
});

/** Open connections, seen once in a while, of messages that come at random at one a millisecond. */
function openOverTime(users: number, idleMs: number, seed: number): number[] {
  const table = tableOf(users, 1e9, idleMs, seed);
  const stream = createStream(seed, 'messages');
  const seen: number[] = [];
  let nowMs = 0;
  for (let probe = 1; probe <= 60; probe++) {
    for (; nowMs < probe * idleMs * 3; nowMs += stream.exponential(1)) {
      table.release(table.occupy(0, nowMs), nowMs);
    }
    table.takeMostUsed(probe * idleMs * 3);
    seen.push(table.takeMostUsed(probe * idleMs * 3));
  }
  return seen;
}

function momentsOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, variance: squares / (values.length - 1) };
}

describe('open connections at random times', () => {
  const runs = (users: number, idleMs: number) =>
    Array.from({ length: 20 }, (_, seed) => momentsOf(openOverTime(users, idleMs, seed)));

  it('are Poisson for a large crowd, as in M/G/inf', () => {
    const found = runs(200_000, 20);
    expect(errorsOff(estimate(found.map(({ mean }) => mean)), 20)).toBeLessThan(4);
    expect(errorsOff(estimate(found.map(({ variance }) => variance)), 20)).toBeLessThan(4);
  });

  it('are binomial for a small one: each user is there with probability 1 - exp(-rate T)', () => {
    const there = 1 - exp(-20 / 25);
    const found = runs(25, 20);
    expect(errorsOff(estimate(found.map(({ mean }) => mean)), 25 * there)).toBeLessThan(4);
    const variance = 25 * there * (1 - there);
    expect(errorsOff(estimate(found.map((run) => run.variance)), variance)).toBeLessThan(4);
  });
});
