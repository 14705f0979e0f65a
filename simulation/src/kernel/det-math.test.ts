import { describe, expect, it } from 'vitest';
import { exp, ln, pow } from './det-math.ts';
import { createStream } from './random.ts';
import { StateHash } from './state-hash.ts';

const DRAWS = 20_000;

/** Distance in units of the last place of the expected value. */
function ulps(actual: number, expected: number): number {
  if (Object.is(actual, expected)) return 0;
  const size = Math.abs(expected);
  if (!Number.isFinite(size)) return Infinity;
  const ulp = size < 2 ** -1022 ? Number.MIN_VALUE : 2 ** (exponentOf(size) - 52);
  return Math.abs(actual - expected) / ulp;
}

function exponentOf(size: number): number {
  const guess = Math.floor(Math.log2(size));
  return 2 ** guess > size ? guess - 1 : guess;
}

function worst(cases: number, errorOf: (u: number, v: number) => number): number {
  const stream = createStream(1, 'det-math');
  let greatest = 0;
  for (let done = 0; done < cases; done += 1) {
    greatest = Math.max(greatest, errorOf(stream.nextFloat(), stream.nextFloat()));
  }
  return greatest;
}

describe('ln', () => {
  it('is within 1 ulp of the host over the whole range', () => {
    const anywhere = (u: number, v: number) => 2 ** (u * 2090 - 1070) * (1 + v);
    expect(worst(DRAWS, (u, v) => ulps(ln(anywhere(u, v)), Math.log(anywhere(u, v))))).toBeLessThan(
      1.5,
    );
  });

  it('is within 1 ulp of the host around one', () => {
    expect(worst(DRAWS, (u) => ulps(ln(0.5 + u), Math.log(0.5 + u)))).toBeLessThan(1.5);
    expect(worst(DRAWS, (u) => ulps(ln(1 + u * 1e-6), Math.log(1 + u * 1e-6)))).toBeLessThan(1.5);
  });

  it('knows its special cases', () => {
    expect(ln(1)).toBe(0);
    expect(ln(0)).toBe(-Infinity);
    expect(ln(-0)).toBe(-Infinity);
    expect(ln(-1)).toBeNaN();
    expect(ln(Number.NaN)).toBeNaN();
    expect(ln(Infinity)).toBe(Infinity);
    expect(ln(Number.MAX_VALUE)).toBe(709.782712893384);
    expect(ln(Number.MIN_VALUE)).toBe(-744.4400719213812);
  });
});

describe('exp', () => {
  it('is within 1 ulp of the host over the whole range, subnormal results among them', () => {
    const anywhere = (u: number) => -745 + u * 1454.7;
    expect(worst(DRAWS, (u) => ulps(exp(anywhere(u)), Math.exp(anywhere(u))))).toBeLessThan(1.5);
  });

  it('is within 1 ulp of the host around zero', () => {
    expect(worst(DRAWS, (u) => ulps(exp(u - 0.5), Math.exp(u - 0.5)))).toBeLessThan(1.5);
    expect(worst(DRAWS, (u) => ulps(exp(u * 1e-8), Math.exp(u * 1e-8)))).toBeLessThan(1.5);
  });

  it('knows its special cases', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(exp(710)).toBe(Infinity);
    expect(exp(Infinity)).toBe(Infinity);
    expect(exp(-746)).toBe(0);
    expect(exp(-Infinity)).toBe(0);
    expect(exp(Number.NaN)).toBeNaN();
    expect(exp(-745.1)).toBe(Number.MIN_VALUE);
  });

  it('is finite up to ln(MAX_VALUE), and positive down to ln(MIN_VALUE / 2)', () => {
    const greatest = 709.782712893384;
    expect(ulps(exp(greatest), 1.797693134862273e308)).toBeLessThan(1.5);
    expect(exp(greatest + 2 ** -43)).toBe(Infinity);
    const least = -745.1332191019411;
    expect(exp(least)).toBe(Number.MIN_VALUE);
    expect(exp(least - 2 ** -43)).toBe(0);
  });
});

describe('pow', () => {
  it('is within 1 ulp of the host for ordinary bases and exponents', () => {
    const base = (u: number) => 2 ** (u * 40 - 20);
    const error = (u: number, v: number) =>
      ulps(pow(base(u), v * 50 - 25), base(u) ** (v * 50 - 25));
    expect(worst(DRAWS, error)).toBeLessThan(2);
  });

  it('is within 1 ulp of the host for ranks under Zipf exponents', () => {
    const rank = (u: number) => 1 + Math.floor(u * 1e6);
    expect(worst(DRAWS, (u, v) => ulps(pow(rank(u), -2 * v), rank(u) ** (-2 * v)))).toBeLessThan(2);
  });

  it('is within 1 ulp of exp(y ln1p(t)) for huge exponents of bases near one', () => {
    const base = 1 + 2 ** -40;
    for (const exponent of [2 ** 32, -(2 ** 38), 2 ** 45]) {
      const reference = Math.exp(exponent * Math.log1p(2 ** -40));
      expect(Math.abs(pow(base, exponent) / reference - 1)).toBeLessThan(1e-13);
    }
  });

  it('is exact for integers whose power is representable', () => {
    for (let base = 2; base <= 12; base += 1) {
      let product = 1;
      for (let exponent = 1; product * base <= Number.MAX_SAFE_INTEGER; exponent += 1) {
        product *= base;
        expect(pow(base, exponent)).toBe(product);
      }
    }
    for (let exponent = -1074; exponent <= 1023; exponent += 1) {
      expect(pow(2, exponent)).toBe(2 ** exponent);
    }
  });

  it('treats every special pair as Math.pow does', () => {
    const bases = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 1e-310, Infinity, -Infinity, Number.NaN];
    const exponents = [0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1100, -1101, 2 ** 40, 1e300, -1e300];
    for (const base of bases) {
      for (const exponent of [...exponents, Infinity, -Infinity, Number.NaN]) {
        const difference = ulps(pow(base, exponent), base ** exponent);
        expect(difference, `${base} ** ${exponent}`).toBeLessThan(2);
      }
    }
  });

  it('passes through subnormals at both ends of its range', () => {
    expect(pow(2, 1024)).toBe(Infinity);
    expect(pow(10, 308.25)).toBeLessThan(Infinity);
    expect(pow(10, 308.3)).toBe(Infinity);
    expect(ulps(pow(10, -320.5), 10 ** -320.5)).toBeLessThan(2);
    expect(pow(10, -324)).toBe(0);
  });
});

describe('every engine', () => {
  it('gives these same bits', () => {
    const hash = new StateHash();
    const stream = createStream(2, 'golden');
    for (let done = 0; done < 10_000; done += 1) {
      const x = stream.nextFloat() * 100;
      hash.mixFloat(ln(x));
      hash.mixFloat(exp(x - 50));
      hash.mixFloat(pow(x, stream.nextFloat() * 8 - 4));
    }
    expect(hash.digest()).toBe('a19c8ff8266a091f');
  });
});
