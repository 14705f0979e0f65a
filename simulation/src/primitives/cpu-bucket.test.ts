import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CpuBucket } from './cpu-bucket.ts';

interface Burst {
  readonly gapMs: number;
  readonly demandMs: number;
}

function bucketOf(quotaMs: number, periodMs = 100): CpuBucket {
  const bucket = new CpuBucket();
  bucket.configure(quotaMs, periodMs);
  return bucket;
}

/** Bursts one after another, each as soon as the one before is done; their ends. */
function backToBack(bucket: CpuBucket, demandsMs: readonly number[]): number[] {
  let nowMs = 0;
  return demandsMs.map((demandMs) => {
    nowMs = bucket.spend(nowMs, demandMs);
    return nowMs;
  });
}

/** A bucket in whole milliseconds: each either runs or stands still. */
class SlowBucket {
  readonly #used = new Map<number, number>();
  readonly quotaMs: number;
  readonly periodMs: number;
  ranMs: number[] = [];

  constructor(quotaMs: number, periodMs: number) {
    this.quotaMs = quotaMs;
    this.periodMs = periodMs;
  }

  spend(startMs: number, demandMs: number): number {
    this.ranMs = [];
    let nowMs = startMs;
    while (this.ranMs.length < demandMs) {
      const period = Math.floor(nowMs / this.periodMs);
      const used = this.#used.get(period) ?? 0;
      if (used < this.quotaMs) {
        this.#used.set(period, used + 1);
        this.ranMs.push(nowMs);
      }
      nowMs++;
    }
    return nowMs;
  }
}

describe('CpuBucket', () => {
  it('runs at full speed until the quota of the period is used up, then from the next period on', () => {
    // A quarter of a core: 25 ms in each 100 ms. Burst k ends when 10 k ms of CPU time have been had.
    const ends = backToBack(bucketOf(25), [10, 10, 10, 10, 10, 10, 10, 10]);
    expect(ends).toEqual([10, 20, 105, 115, 125, 210, 220, 305]);
  });

  it('lets a burst that ends with the quota end in its period', () => {
    expect(backToBack(bucketOf(25), [25, 25, 50])).toEqual([25, 125, 325]);
  });

  it('gives no more than the quota of each period, and all of it to who always asks', () => {
    const bucket = bucketOf(30);
    const ends = backToBack(bucket, new Array<number>(300).fill(7));
    for (let period = 1; period <= 70; period++) {
      const done = ends.filter((endMs) => endMs <= period * 100).length;
      expect(done).toBe(Math.floor((period * 30) / 7));
    }
  });

  it('lets no rounding push the end of a burst into the next period', () => {
    // 250 bursts of 0.1 ms are the 25 ms of the quota, though not in binary.
    const ends = backToBack(bucketOf(25), new Array<number>(1000).fill(0.1));
    for (const [i, endMs] of [25, 125, 225, 325].entries()) {
      expect(ends[i * 250 + 249]).toBeCloseTo(endMs, 6);
    }
  });

  it('does not save quota for later', () => {
    const bucket = bucketOf(25);
    expect(bucket.spend(990, 30)).toBe(1020);
    expect(bucket.spend(1020, 10)).toBe(1105);
  });

  it('is no limit when the quota is the period', () => {
    expect(backToBack(bucketOf(100), [250, 1])).toEqual([250, 251]);
    const bucket = bucketOf(100);
    bucket.spend(10, 250);
    expect([10, 60, 260, 900].map((atMs) => bucket.usedBy(atMs))).toEqual([0, 50, 250, 250]);
  });

  it('agrees millisecond by millisecond with a slow bucket, at the end and on the way', () => {
    const burst = fc.record({ gapMs: fc.nat(120), demandMs: fc.nat(90) });
    const figures = fc.record({
      periodMs: fc.integer({ min: 1, max: 100 }),
      share: fc.integer({ min: 1, max: 99 }),
      bursts: fc.array<Burst>(burst, { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(figures, ({ periodMs, share, bursts }) => {
        const quotaMs = Math.max(1, Math.floor((periodMs * share) / 100));
        const fast = bucketOf(quotaMs, periodMs);
        const slow = new SlowBucket(quotaMs, periodMs);
        let nowMs = 0;
        for (const { gapMs, demandMs } of bursts) {
          const startMs = nowMs + gapMs;
          nowMs = fast.spend(startMs, demandMs);
          expect(nowMs).toBe(Math.max(startMs, slow.spend(startMs, demandMs)));
          const stepMs = Math.max(1, Math.floor((nowMs - startMs) / 17));
          for (let atMs = startMs; atMs <= nowMs; atMs += stepMs) {
            expect(fast.usedBy(atMs)).toBe(slow.ranMs.filter((ranMs) => ranMs < atMs).length);
          }
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('lets a burst go on as it began when the quota changes meanwhile', () => {
    const bucket = bucketOf(25);
    expect(bucket.spend(0, 40)).toBe(115);
    const before = [20, 60, 110].map((atMs) => bucket.usedBy(atMs));
    bucket.configure(100, 100);
    expect([20, 60, 110].map((atMs) => bucket.usedBy(atMs))).toEqual(before);
    expect(before).toEqual([20, 25, 35]);
  });

  it('stands still, not backwards, when a smaller quota is already used up', () => {
    const bucket = bucketOf(50);
    bucket.spend(0, 40);
    bucket.configure(25, 100);
    expect(bucket.spend(40, 10)).toBe(110);
    expect([40, 70, 100, 105].map((atMs) => bucket.usedBy(atMs))).toEqual([0, 0, 0, 5]);
  });
});
