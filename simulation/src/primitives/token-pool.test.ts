import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Jobs } from './jobs.ts';
import { TokenPool } from './token-pool.ts';

function poolOf(tokens: number, maxWaiting: number): TokenPool {
  const pool = new TokenPool(new Jobs(1000));
  pool.configure({ tokens, maxWaiting });
  return pool;
}

describe('TokenPool', () => {
  it('grants, then lets wait, then refuses', () => {
    const pool = poolOf(2, 1);
    expect([0, 1, 2, 3].map((job) => pool.take(job))).toEqual([
      'granted',
      'granted',
      'waiting',
      'refused',
    ]);
    expect([pool.used, pool.waiting, pool.tokens]).toEqual([2, 1, 2]);
  });

  it('hands a token on to who waited longest', () => {
    const pool = poolOf(1, 9);
    for (const job of [0, 1, 2, 3]) pool.take(job);
    pool.leave(2);
    expect([pool.give(), pool.give(), pool.give()]).toEqual([1, 3, -1]);
    expect(pool.used).toBe(0);
  });

  it('takes nothing back when it gets smaller, and grants again once it is below the limit', () => {
    const pool = poolOf(3, 9);
    for (const job of [0, 1, 2, 3]) pool.take(job);
    pool.configure({ tokens: 1, maxWaiting: 9 });
    expect(pool.used).toBe(3);
    expect([pool.give(), pool.give()]).toEqual([-1, -1]);
    expect(pool.give()).toBe(3);
    expect(pool.used).toBe(1);
  });

  it('admits those who wait once it has grown, in order, up to the new limit', () => {
    const pool = poolOf(1, 9);
    for (const job of [0, 1, 2, 3]) pool.take(job);
    expect(pool.admit()).toBe(-1);
    pool.configure({ tokens: 3, maxWaiting: 9 });
    expect([pool.admit(), pool.admit(), pool.admit()]).toEqual([1, 2, -1]);
    expect([pool.used, pool.waiting, pool.takeMostUsed()]).toEqual([3, 1, 3]);
  });

  it('tells the most that were used at once since it was last asked', () => {
    const pool = poolOf(9, 0);
    for (const job of [0, 1, 2]) pool.take(job);
    pool.give();
    expect(pool.takeMostUsed()).toBe(3);
    expect(pool.takeMostUsed()).toBe(2);
    pool.give();
    pool.give();
    expect(pool.takeMostUsed()).toBe(2);
    expect(pool.takeMostUsed()).toBe(0);
  });

  it('remembers the most when fewer are used afterwards, and more are taken or admitted then', () => {
    const pool = poolOf(3, 9);
    for (const job of [0, 1, 2]) pool.take(job);
    for (let given = 0; given < 3; given++) pool.give();
    pool.take(3);
    expect(pool.takeMostUsed()).toBe(3);
    for (const job of [4, 5, 6]) pool.take(job);
    for (const tokens of [0, 3]) {
      pool.configure({ tokens, maxWaiting: 9 });
      for (let given = 0; given < 3 && tokens === 0; given++) pool.give();
    }
    expect([pool.admit(), pool.used, pool.takeMostUsed()]).toEqual([6, 1, 3]);
  });

  it('keeps a free token that it has nobody to give to', () => {
    const pool = poolOf(2, 9);
    expect([pool.admit(), pool.used, pool.takeMostUsed()]).toEqual([-1, 0, 0]);
    expect([pool.take(0), pool.take(1), pool.take(2)]).toEqual(['granted', 'granted', 'waiting']);
  });

  it('never has tokens and waiting jobs at once, and serves them in order', () => {
    const step = fc.record({
      what: fc.constantFrom('take', 'take', 'give', 'leave'),
      pick: fc.nat(),
    });
    const figures = fc.record({
      tokens: fc.integer({ min: 1, max: 5 }),
      maxWaiting: fc.constantFrom(0, 2, Number.POSITIVE_INFINITY),
      steps: fc.array(step, { maxLength: 150, size: 'max' }),
    });
    fc.assert(
      fc.property(figures, ({ tokens, maxWaiting, steps }) => {
        const pool = poolOf(tokens, maxWaiting);
        const line: number[] = [];
        let used = 0;
        steps.forEach(({ what, pick }, job) => {
          if (what === 'take') {
            const full = used === tokens;
            const taken = full ? (line.length < maxWaiting ? 'waiting' : 'refused') : 'granted';
            expect(pool.take(job)).toBe(taken);
            if (taken === 'granted') used++;
            if (taken === 'waiting') line.push(job);
          } else if (what === 'give' && used > 0) {
            const next = line.shift() ?? -1;
            expect(pool.give()).toBe(next);
            if (next < 0) used--;
          } else if (what === 'leave' && line.length > 0) {
            const [left] = line.splice(pick % line.length, 1);
            pool.leave(left as number);
          }
          expect([pool.used, pool.waiting]).toEqual([used, line.length]);
        });
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});
