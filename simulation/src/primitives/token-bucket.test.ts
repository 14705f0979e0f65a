import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStream } from '../kernel/random.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import { lossMD1K } from '../testing/theory.ts';
import { TokenBucket } from './token-bucket.ts';

/** How many of the arrivals at these instants a bucket admits. */
function admitted(bucket: TokenBucket, instants: readonly number[]): number {
  return instants.filter((atMs) => bucket.admit(atMs)).length;
}

const everyMs = (ms: number) => Array.from({ length: ms }, (_, i) => i);

describe('a token bucket', () => {
  it.each([
    [100, 1],
    [100, 50],
    [8, 3],
    [250, 7],
  ])(
    'admits burst + rate * time of a saturating stream: %d a second, burst %d',
    (perSecond, burst) => {
      const bucket = new TokenBucket({ perSecond, burst });
      // Up to and including 10 s; at the first instant the burst is there, then one each 1000 / rate ms.
      const instants = everyMs(10_001).flatMap((ms) => Array<number>(burst + 1).fill(ms));
      expect(admitted(bucket, instants)).toBe(burst + perSecond * 10);
    },
  );

  it('admits all of a stream below its rate', () => {
    const bucket = new TokenBucket({ perSecond: 100, burst: 1 });
    expect(
      admitted(
        bucket,
        everyMs(1_000).map((i) => i * 10),
      ),
    ).toBe(1_000);
  });

  it('gets its tokens back while nobody comes, up to the burst', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 4 });
    expect(admitted(bucket, [0, 0, 0, 0, 0])).toBe(4);
    expect(bucket.tokens(250)).toBe(2.5);
    expect(admitted(bucket, [250, 250, 250])).toBe(2);
    expect(bucket.tokens(1e6)).toBe(4);
    expect(admitted(bucket, [1e6, 1e6, 1e6, 1e6, 1e6])).toBe(4);
  });

  it('says when it will be full again', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 4 });
    expect([bucket.admit(500), bucket.admit(500), bucket.fullAtMs]).toEqual([true, true, 700]);
    expect([bucket.tokens(699), bucket.tokens(700)]).toEqual([3.99, 4]);
  });

  it('never admits more than burst + rate * time between any two instants', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 300 }), {
      minLength: 2,
      maxLength: 60,
      size: 'max',
    });
    fc.assert(
      fc.property(
        gaps,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        (given, perSecond, burst) => {
          const bucket = new TokenBucket({ perSecond, burst });
          let nowMs = 0;
          const taken: number[] = [];
          for (const gap of given) {
            nowMs += gap;
            if (bucket.admit(nowMs)) taken.push(nowMs);
          }
          taken.forEach((fromMs, i) => {
            taken.slice(i).forEach((toMs, more) => {
              expect(more + 1).toBeLessThanOrEqual(
                burst + (perSecond * (toMs - fromMs)) / 1000 + 1e-6,
              );
            });
          });
        },
      ),
      { seed: 45, numRuns: 40 },
    );
  });

  it('keeps what is missing when its limit changes', () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 10 });
    admitted(bucket, Array<number>(6).fill(0));
    bucket.configure({ perSecond: 100, burst: 20 }, 0);
    expect(bucket.tokens(0)).toBe(14);
    expect(bucket.tokens(10)).toBe(15);
    bucket.configure({ perSecond: 100, burst: 2 }, 10);
    expect(bucket.tokens(10)).toBe(0);
    expect(admitted(bucket, [10, 20, 20])).toBe(1);
  });

  it.each([
    [0.9, 5],
    [1, 3],
    [1.4, 8],
  ])('loses Poisson arrivals as M/D/1/K does: load %d, burst %d', (load, burst) => {
    // The tokens that are missing are the customers of a server that takes a token's time for each.
    const losses = Array.from({ length: 20 }, (_, seed) => {
      const stream = createStream(seed, 'arrivals');
      const bucket = new TokenBucket({ perSecond: 1000, burst });
      let nowMs = 0;
      const next = () => {
        nowMs += stream.exponential(1 / load);
        return bucket.admit(nowMs);
      };
      for (let i = 0; i < 200; i++) next();
      const offered = 10_000;
      let lost = 0;
      for (let i = 0; i < offered; i++) if (!next()) lost++;
      return lost / offered;
    });
    const result = estimate(losses);
    expect(errorsOff(result, lossMD1K(load, burst))).toBeLessThan(4);
    expect(result.standardError).toBeLessThan(0.002);
  });
});
