import fc from 'fast-check';
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

  it('forgets connections that are idle when cleared, and closes none of them again', () => {
    const table = tableOf(1, 5, 100);
    table.release(table.occupy(0, 0), 1);
    table.clear(2);
    expect(table.takeMostUsed(2)).toBe(1);
    table.occupy(1, 3);
    expect(table.wasThere).toBe(false);
    expect([table.takeMostUsed(200), table.takeMostUsed(200)]).toEqual([1, 1]);
  });

  it('has nothing to close before its first job, however late that comes', () => {
    const table = tableOf(3, 5, 100);
    table.occupy(0, 1_000);
    expect([table.takeMostUsed(1_000), table.takeMostUsed(1_000)]).toEqual([1, 1]);
  });

  it('keeps its connections under other limits for the same users', () => {
    const table = tableOf(1, 5, 100);
    table.release(table.occupy(0, 0), 0);
    table.configure({ users: 1, open: 7, idleMs: 500 }, 10);
    table.occupy(1, 400);
    expect([table.wasThere, table.tokens]).toEqual([true, 7]);
  });

  it('closes what it has no room for any more, the longest idle first, and what is in use once it is idle', () => {
    const table = tableOf(1_000, 1_000, 1e9);
    const users = [...new Set(Array.from({ length: 8 }, (_, job) => table.occupy(job, 0)))];
    expect(users).toHaveLength(8);
    const [kept, ...early] = users as [number, ...number[]];
    for (const [i, user] of early.slice(0, 4).entries()) table.release(user, 1 + i);
    const openAt = (nowMs: number) => [table.takeMostUsed(nowMs), table.takeMostUsed(nowMs)][1];
    const limits = { users: 1_000, idleMs: 1e9 };
    table.configure({ ...limits, open: 6 }, 10);
    expect(openAt(10)).toBe(6);
    // Two of the idle ones are left, and go as well; of the four in use all but one, when they are done.
    table.configure({ ...limits, open: 1 }, 11);
    expect(openAt(11)).toBe(4);
    for (const user of early.slice(4)) table.release(user, 12);
    expect(openAt(12)).toBe(1);
    table.release(kept, 13);
    expect(openAt(13)).toBe(1);
  });

  it('agrees with a plain list of connections, whatever jobs come and end', () => {
    const step = fc.record({
      what: fc.constantFrom('come', 'come', 'come', 'end', 'end', 'wait', 'clear'),
      pick: fc.nat(90),
    });
    fc.assert(
      fc.property(fc.nat(1_000), fc.array(step, { maxLength: 150, size: 'max' }), (seed, steps) => {
        const table = tableOf(4, 3, 100, seed);
        let jobs: number[] = [];
        const idleSinceMs = new Map<number, number>();
        let nowMs = 0;
        const openUsers = () => {
          for (const [user, sinceMs] of idleSinceMs) {
            if (nowMs - sinceMs >= 100) idleSinceMs.delete(user);
          }
          return new Set([...jobs, ...idleSinceMs.keys()]);
        };
        for (const { what, pick } of steps) {
          if (what === 'wait') nowMs += pick;
          else if (what === 'come') {
            const open = openUsers();
            const user = table.occupy(0, nowMs);
            if (user < 0) expect(open.size).toBe(3);
            else {
              expect(table.wasThere).toBe(open.has(user));
              jobs.push(user);
              idleSinceMs.delete(user);
            }
          } else if (what === 'end' && jobs.length > 0) {
            const [user] = jobs.splice(pick % jobs.length, 1) as [number];
            table.release(user, nowMs);
            if (!jobs.includes(user)) idleSinceMs.set(user, nowMs);
          } else if (what === 'clear') {
            table.clear(nowMs);
            jobs = [];
            idleSinceMs.clear();
          }
          table.takeMostUsed(nowMs);
          expect(table.takeMostUsed(nowMs)).toBe(openUsers().size);
        }
      }),
      { seed: 33, numRuns: 200 },
    );
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
