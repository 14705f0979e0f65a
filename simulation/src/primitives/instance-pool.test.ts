import { describe, expect, it } from 'vitest';
import { InstancePool } from './instance-pool.ts';

const poolOf = (concurrency: number, keepAliveMs = 100, startMs = 0, sinceMs = 0) =>
  new InstancePool({ concurrency, keepAliveMs, startMs }, sinceMs);

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

  it('begins its first window when it begins itself', () => {
    const pool = poolOf(4, 50, 10, 1_000);
    pool.occupy(0, 1_020);
    pool.release(0, 1_040);
    // Starting from 1020 to 1030, at work to 1040, idle to 1090.
    expect(pool.takeInstances(1_100)).toMatchObject({ running: 0.6, starting: 0.1 });
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

  it('tells the most at once also when fewer were used after them', () => {
    const pool = poolOf(4);
    for (const job of [0, 1, 2]) pool.occupy(job, 0);
    for (const atMs of [1, 2, 3]) pool.release(0, atMs);
    pool.occupy(3, 4);
    expect([pool.takeMostUsed(), pool.takeMostUsed()]).toEqual([3, 1]);
  });

  it('has no instance at all after it was cleared while one was starting', () => {
    const pool = poolOf(4, 100, 50);
    pool.occupy(0, 0);
    pool.clear(20);
    expect(pool.takeInstances(20)).toMatchObject({ running: 0, starting: 1 });
    expect(pool.takeInstances(40)).toMatchObject({ running: 0, starting: 0 });
    pool.release(0, 45);
    expect(pool.takeInstances(80)).toMatchObject({ running: 0, starting: 0 });
  });

  it('counts what was there until it was cleared, taken back or told otherwise', () => {
    const pool = poolOf(9, 1_000);
    pool.occupy(0, 0);
    pool.release(0, 40);
    pool.configure({ concurrency: 9, keepAliveMs: 20, startMs: 0 }, 80);
    expect(pool.takeInstances(100)).toMatchObject({ running: 0.8 });
    pool.occupy(0, 100);
    pool.clear(150);
    pool.release(0, 180);
    expect(pool.takeInstances(200)).toMatchObject({ running: 0.5 });
    expect(pool.takeInstances(200)).toMatchObject({ running: 0, starting: 0 });
  });

  it('applies a shorter keep-alive to what is idle already', () => {
    const pool = poolOf(9, 1_000);
    pool.occupy(0, 0);
    pool.release(0, 10);
    pool.configure({ concurrency: 9, keepAliveMs: 20, startMs: 0 }, 100);
    expect(isWarm(pool, 100)).toBe(false);
  });
});
