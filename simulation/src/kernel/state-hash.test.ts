import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StateHash } from './state-hash.ts';

function digestOf(mix: (hash: StateHash) => void): string {
  const hash = new StateHash();
  mix(hash);
  return hash.digest();
}

describe('StateHash', () => {
  it('has the digests recorded here, in every engine', () => {
    expect(digestOf(() => {})).toBe('2314d5a7caba554b');
    expect(
      digestOf((hash) => {
        hash.mixInt(-7);
        hash.mixFloat(Math.PI);
        hash.mixText('주문 ok');
      }),
    ).toBe('b00c4e716934c64d');
  });

  it('does not change by being read', () => {
    const hash = new StateHash();
    hash.mixInt(1);
    const first = hash.digest();
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(hash.digest()).toBe(first);
  });

  it('continues from restored words as the original does', () => {
    const original = new StateHash();
    original.mixText('before');
    const copy = new StateHash();
    copy.restore(original.words());
    for (const hash of [original, copy]) hash.mixFloat(2.5);
    expect(copy.digest()).toBe(original.digest());
    expect(copy.words()).toEqual(original.words());
    for (const word of copy.words()) expect(word).toBe(word >>> 0);
  });

  it('depends on order and on where one text ends', () => {
    const ints = (...values: number[]) =>
      digestOf((hash) => {
        for (const value of values) hash.mixInt(value);
      });
    const texts = (...values: string[]) =>
      digestOf((hash) => {
        for (const value of values) hash.mixText(value);
      });
    expect(ints(1, 2)).not.toBe(ints(2, 1));
    expect(ints(0)).not.toBe(ints(0, 0));
    expect(texts('ab', 'c')).not.toBe(texts('a', 'bc'));
    expect(texts('')).not.toBe(texts());
  });

  it('sees the last bit of a number, and every integer beyond int32', () => {
    const float = (value: number) => digestOf((hash) => hash.mixFloat(value));
    const int = (value: number) => digestOf((hash) => hash.mixInt(value));
    expect(float(1)).not.toBe(float(1 + Number.EPSILON));
    expect(float(Number.MIN_VALUE)).not.toBe(float(0));
    expect(int(2 ** 32 + 1)).not.toBe(int(1));
    expect(int(Number.MAX_SAFE_INTEGER)).not.toBe(int(Number.MAX_SAFE_INTEGER - 1));
  });

  it('takes -0 as 0', () => {
    expect(digestOf((hash) => hash.mixFloat(-0))).toBe(digestOf((hash) => hash.mixFloat(0)));
    expect(digestOf((hash) => hash.mixInt(-0))).toBe(digestOf((hash) => hash.mixInt(0)));
  });

  it('refuses NaN, and as integers what are none', () => {
    const hash = new StateHash();
    expect(() => hash.mixFloat(Number.NaN)).toThrow(new RangeError('cannot hash NaN'));
    for (const value of [0.5, Number.NaN, Infinity, 2 ** 53]) {
      expect(() => hash.mixInt(value)).toThrow(new RangeError(`not a safe integer: ${value}`));
    }
  });

  it('does not collide on 100 000 neighbouring values, in all or in either half', () => {
    const digests = Array.from({ length: 100_000 }, (_, value) =>
      digestOf((hash) => hash.mixInt(value)),
    );
    expect(new Set(digests).size).toBe(digests.length);
    expect(digests.every((digest) => /^[0-9a-f]{16}$/.test(digest))).toBe(true);
    // Birthday bound: 1.16 collisions expected in 32 bits, 9 or more with probability 1e-5.
    expect(new Set(digests.map((digest) => digest.slice(0, 8))).size).toBeGreaterThan(99_990);
    expect(new Set(digests.map((digest) => digest.slice(8))).size).toBeGreaterThan(99_990);
  });

  it('flips about half of its bits when one bit of one of its inputs flips', () => {
    const bits = (digest: string) => BigInt(`0x${digest}`);
    let flipped = 0;
    let trials = 0;
    fc.assert(
      fc.property(fc.integer(), fc.nat(31), fc.integer(), (value, bit, after) => {
        const digest = (first: number) =>
          digestOf((hash) => {
            hash.mixInt(first);
            hash.mixInt(after);
          });
        const difference = bits(digest(value)) ^ bits(digest(value ^ (1 << bit)));
        flipped += difference.toString(2).replaceAll('0', '').length;
        trials += 1;
      }),
      { seed: 5, numRuns: 1000 },
    );
    expect(Math.abs(flipped / trials - 32)).toBeLessThan((5 * 4) / Math.sqrt(1000));
  });
});
