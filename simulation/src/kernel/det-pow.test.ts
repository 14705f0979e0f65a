import { describe, expect, it } from 'vitest';
import { pow } from './det-math.ts';
import { createStream } from './random.ts';

/** mantissa * 2^exponent, the mantissa cut to 160 bits: what `pow` is held against. */
interface Scaled {
  readonly mantissa: bigint;
  readonly exponent: number;
}

const BITS = 160;

function cut(mantissa: bigint, exponent: number): Scaled {
  const excess = Math.max(0, mantissa.toString(2).length - BITS);
  return { mantissa: mantissa >> BigInt(excess), exponent: exponent + excess };
}

function scaled(value: number): Scaled {
  if (!Number.isFinite(value)) throw new RangeError(`no mantissa: ${value}`);
  let integer = value;
  let exponent = 0;
  for (; !Number.isInteger(integer); exponent -= 1) integer *= 2;
  return { mantissa: BigInt(integer), exponent };
}

function times(one: Scaled, other: Scaled): Scaled {
  return cut(one.mantissa * other.mantissa, one.exponent + other.exponent);
}

/** base^exponent for an integer exponent, by repeated squaring. */
function power(base: number, exponent: number): Scaled {
  let result = scaled(1);
  let square = scaled(base);
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = times(result, square);
    square = times(square, square);
  }
  if (exponent > 0) return result;
  const one = 1n << BigInt(2 * BITS);
  return { mantissa: one / result.mantissa, exponent: -2 * BITS - result.exponent };
}

/** one / other - 1, to about 80 bits. */
function relativeDifference(one: Scaled, other: Scaled): number {
  const shift = one.exponent - other.exponent;
  const left = one.mantissa << BigInt(Math.max(0, shift));
  const right = other.mantissa << BigInt(Math.max(0, -shift));
  return Number(((left - right) << 80n) / right) * 2 ** -80;
}

const OVERFLOW: Scaled = { mantissa: (1n << 54n) - 1n, exponent: 970 };
const HALF_OF_LEAST: Scaled = { mantissa: 1n, exponent: -1075 };

/** Doubles on both sides of the base whose exact power is the bound, none nearer than 1 ulp of the power. */
function basesAround(bound: Scaled, log2OfBound: number, exponent: number): number[] {
  const near = 2 ** (log2OfBound / exponent);
  const root = near * (1 - relativeDifference(power(near, exponent), bound) / exponent);
  const bases = Array.from({ length: 21 }, (_, step) => root * (1 + (step - 10) * Number.EPSILON));
  return bases.filter(
    (base) => Math.abs(relativeDifference(power(base, exponent), bound)) > Number.EPSILON,
  );
}

describe('pow', () => {
  const stream = createStream(3, 'pow');

  it('is within 1 ulp of the exact power for huge exponents of bases near one', () => {
    for (let done = 0; done < 1_500; done += 1) {
      const distance = 2 ** (-22 - 30 * stream.nextFloat());
      const base = stream.nextIndex(2) === 0 ? 1 + distance : 1 - distance;
      const least = 2 ** 31 + 1;
      const most = 700 / Math.abs(base - 1);
      const exponent = Math.floor(least + stream.nextFloat() * (most - least));
      for (const signed of [exponent, -exponent]) {
        const difference = relativeDifference(scaled(pow(base, signed)), power(base, signed));
        expect(Math.abs(difference), `${base} ** ${signed}`).toBeLessThan(Number.EPSILON);
      }
    }
  });

  it('is within 1 ulp of the exact power for bases over the whole range', () => {
    for (let done = 0; done < 1_500; done += 1) {
      const base = 2 ** (stream.nextFloat() * 2040 - 1020) * (1 + stream.nextFloat());
      const most = Math.floor(1020 / Math.abs(Math.log2(base)));
      if (most < 1) continue;
      for (const exponent of [1 + stream.nextIndex(most), -1 - stream.nextIndex(most)]) {
        const difference = relativeDifference(scaled(pow(base, exponent)), power(base, exponent));
        expect(Math.abs(difference), `${base} ** ${exponent}`).toBeLessThan(Number.EPSILON);
      }
    }
  });

  it('takes roots of bases over the whole range', () => {
    for (let done = 0; done < 2_000; done += 1) {
      const base = 2 ** (stream.nextFloat() * 2090 - 1070) * (1 + stream.nextFloat());
      expect(Math.abs(pow(base, 0.5) / Math.sqrt(base) - 1)).toBeLessThan(2 * Number.EPSILON);
      expect(Math.abs(pow(base, 0.25) ** 4 / base - 1)).toBeLessThan(8 * Number.EPSILON);
    }
  });

  it('gives the base itself to the first power and its rounded square to the second', () => {
    for (let done = 0; done < 5_000; done += 1) {
      const base = 2 ** (stream.nextFloat() * 2090 - 1070) * (1 + stream.nextFloat());
      expect(pow(base, 1)).toBe(base);
      expect(pow(-base, 1)).toBe(-base);
      expect(pow(base, 2)).toBe(base * base);
    }
  });

  it.each([3, 5, 7, 11, -3, -5, -7, -11])(
    'overflows where the exact power rounds beyond the greatest double (exponent %i)',
    (exponent) => {
      const finite = basesAround(OVERFLOW, 1024, exponent).map((base) => {
        const exact = power(base, exponent);
        const overflows = relativeDifference(exact, OVERFLOW) >= 0;
        const value = pow(base, exponent);
        expect(value === Infinity, `${base} ** ${exponent}`).toBe(overflows);
        if (overflows) return false;
        expect(Math.abs(relativeDifference(scaled(value), exact))).toBeLessThan(Number.EPSILON);
        return true;
      });
      expect(new Set(finite).size).toBe(2);
    },
  );

  it.each([3, 7, 9, 11, -3, -7, -9, -11])(
    'vanishes where the exact power is at most half of the least double (exponent %i)',
    (exponent) => {
      const values = basesAround(HALF_OF_LEAST, -1075, exponent).map((base) => {
        const vanishes = relativeDifference(power(base, exponent), HALF_OF_LEAST) <= 0;
        const value = pow(base, exponent);
        expect(value, `${base} ** ${exponent}`).toBe(vanishes ? 0 : Number.MIN_VALUE);
        return value;
      });
      expect(new Set(values)).toEqual(new Set([0, Number.MIN_VALUE]));
    },
  );

  it('goes to its limit when the exponent is beyond all measure', () => {
    const above = [1 + Number.EPSILON, 1.0000001, 3, 1e300];
    const below = [1 - Number.EPSILON / 2, 0.9999999, 0.3, 1e-300, Number.MIN_VALUE];
    for (const exponent of [2 ** 65, 1e300, Number.MAX_VALUE]) {
      for (const base of above) {
        expect([pow(base, exponent), pow(base, -exponent)]).toEqual([Infinity, 0]);
      }
      for (const base of below) {
        expect([pow(base, exponent), pow(base, -exponent)]).toEqual([0, Infinity]);
      }
    }
    for (const base of [3, 1e300]) expect(pow(base, 2 ** 40)).toBe(Infinity);
    for (const base of [0.3, 1e-300]) expect(pow(base, 2 ** 40)).toBe(0);
  });
});
