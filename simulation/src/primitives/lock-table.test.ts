import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Jobs } from './jobs.ts';
import { LockTable } from './lock-table.ts';

describe('LockTable', () => {
  it('gives a free lock at once and a held one in the order of asking', () => {
    const table = new LockTable(new Jobs(9));
    expect([table.lock(7, 0, 0), table.lock(7, 1, 0), table.lock(8, 2, 0)]).toEqual([
      true,
      false,
      true,
    ]);
    table.lock(7, 3, 0);
    table.lock(7, 4, 0);
    table.leave(7, 3, 1);
    expect([table.unlock(7, 2), table.unlock(7, 3), table.unlock(7, 4)]).toEqual([1, 4, -1]);
    expect(table.lock(7, 5, 5)).toBe(true);
  });

  it('keeps the integral of those who wait', () => {
    const table = new LockTable(new Jobs(9));
    table.lock(1, 0, 0);
    table.lock(1, 1, 10);
    table.lock(1, 2, 15);
    expect(table.waitingArea(20)).toBe(15);
    table.leave(1, 2, 30);
    table.unlock(1, 40);
    expect(table.waiting).toBe(0);
    expect(table.waitingArea(100)).toBe(15 + 20 + 10);
  });

  it('agrees with one array a key, whatever the order of locks, unlocks and departures', () => {
    const step = fc.record({
      what: fc.constantFrom('lock', 'lock', 'lock', 'unlock', 'unlock', 'leave'),
      key: fc.nat(3),
      pick: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
        const table = new LockTable(new Jobs(steps.length + 1));
        const keys = new Map<number, number[]>();
        let area = 0;
        const waiting = () => [...keys.values()].reduce((n, jobs) => n + jobs.length - 1, 0);
        steps.forEach(({ what, key, pick }, job) => {
          area += waiting();
          const nowMs = job + 1;
          const jobs = keys.get(key);
          if (what === 'lock') {
            expect(table.lock(key, job, nowMs)).toBe(jobs === undefined);
            keys.set(key, [...(jobs ?? []), job]);
          } else if (what === 'unlock' && jobs !== undefined) {
            const [, ...rest] = jobs;
            expect(table.unlock(key, nowMs)).toBe(rest[0] ?? -1);
            if (rest.length === 0) keys.delete(key);
            else keys.set(key, rest);
          } else if (what === 'leave' && jobs !== undefined && jobs.length > 1) {
            const [left] = jobs.splice(1 + (pick % (jobs.length - 1)), 1);
            table.leave(key, left as number, nowMs);
          }
          expect(table.waiting).toBe(waiting());
          expect(table.waitingArea(nowMs)).toBe(area);
        });
      }),
      { seed: 9, numRuns: 200 },
    );
  });
});
