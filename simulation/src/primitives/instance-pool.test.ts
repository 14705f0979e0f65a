import { describe, expect, it } from 'vitest';
import { InstancePool } from './instance-pool.ts';

const poolOf = (concurrency: number, keepAliveMs = 100, startMs = 0) =>
  new InstancePool({ concurrency, keepAliveMs, startMs });

/** Whether a job at that time finds an instance that is there already. */
function isWarm(pool: InstancePool, atMs: number): boolean {
  expect(pool.occupy(0, atMs)).toBe(0);
  return pool.wasThere;
}

describe('InstancePool', () => {
  it('starts an instance for each job that finds none idle, up to its limit', () => {
    const pool = poolOf(2);
    expect([isWarm(pool, 0), isWarm(pool, 0)]).toEqual([false, false]);
    expect(pool.occupy(2, 0)).toBe(-1);
    pool.release(0, 5);
    expect(isWarm(pool, 5)).toBe(true);
  });

  it('keeps an idle instance for its time, and not a moment longer', () => {
    const pool = poolOf(9);
    isWarm(pool, 0);
    pool.release(0, 10);
    expect(isWarm(pool, 109)).toBe(true);
    pool.release(0, 120);
    expect(isWarm(pool, 220)).toBe(false);
  });

  it('reuses what was used last, so that a lull lets the others go', () => {
    const pool = poolOf(9);
    for (const job of [0, 1, 2]) pool.occupy(job, 0);
    for (const atMs of [10, 20, 30]) pool.release(0, atMs);
    // The one idle since 30 serves on; those idle since 10 and 20 run out at 110 and 120.
    for (const atMs of [40, 80, 115]) {
      expect(isWarm(pool, atMs)).toBe(true);
      pool.release(0, atMs + 1);
    }
    expect([isWarm(pool, 119), isWarm(pool, 119), isWarm(pool, 119)]).toEqual([true, true, false]);
  });

  it('tells mean numbers of a window by hand', () => {
    const pool = poolOf(4, 50, 10);
    pool.occupy(0, 0);
    pool.release(0, 30);
    // Starting 0 to 10, at work to 30, idle to 80.
    expect(pool.takeInstances(100)).toEqual({ running: 0.7, starting: 0.1, limit: 4, started: 1 });
    expect(pool.takeInstances(200)).toEqual({ running: 0, starting: 0, limit: 4, started: 0 });
  });

  it('tells the most jobs at once', () => {
    const pool = poolOf(4);
    for (const job of [0, 1, 2]) pool.occupy(job, 0);
    pool.release(0, 1);
    pool.release(0, 1);
    expect([pool.takeMostUsed(), pool.takeMostUsed(), pool.tokens]).toEqual([3, 1, 4]);
  });

  it('loses every instance when cleared; those at work end with their jobs', () => {
    const pool = poolOf(9);
    pool.occupy(0, 0);
    pool.occupy(1, 0);
    pool.release(0, 10);
    pool.clear(20);
    pool.takeInstances(20);
    pool.release(0, 30);
    expect(isWarm(pool, 40)).toBe(false);
    pool.release(0, 50);
    expect(isWarm(pool, 60)).toBe(true);
    expect(pool.takeInstances(70)).toMatchObject({ running: 0.6, started: 1 });
  });

  it('applies a shorter keep-alive to what is idle already', () => {
    const pool = poolOf(9, 1_000);
    pool.occupy(0, 0);
    pool.release(0, 10);
    pool.configure({ concurrency: 9, keepAliveMs: 20, startMs: 0 }, 100);
    expect(isWarm(pool, 100)).toBe(false);
  });
});
