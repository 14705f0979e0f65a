import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStream, type RandomStream } from './random.ts';

const DRAWS = 400_000;

function draws(count: number, draw: () => number): Float64Array {
  return new Float64Array(count).map(draw);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** How many standard errors the mean of the values lies from the expected one. */
function errorsOff(values: Float64Array, expected: number): number {
  const mean = meanOf(values);
  const variance = meanOf(values.map((value) => (value - mean) ** 2));
  return Math.abs(mean - expected) / Math.sqrt(variance / values.length);
}

/** (chi² - df) / sqrt(2 df), about normal, for values whose law has this distribution function. */
function chiSquareScore(values: Float64Array, cdf: (value: number) => number, cells = 256): number {
  const counts = new Float64Array(cells);
  for (const value of values) {
    const cell = Math.min(cells - 1, Math.floor(cdf(value) * cells));
    counts[cell] = (counts[cell] as number) + 1;
  }
  const expected = values.length / cells;
  const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (chi2 - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

/** Normal distribution function, error below 1.5e-7 (Abramowitz and Stegun 7.1.26). */
function normalCdf(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const polynomial =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (polynomial * Math.exp((-x * x) / 2)) / 2;
  return x > 0 ? 1 - tail : tail;
}

describe('createStream', () => {
  it('gives the sequence recorded here, in every engine', () => {
    const stream = createStream(42, 'arrivals');
    expect(Array.from({ length: 4 }, () => stream.nextUint32())).toEqual([
      4134410497, 1167596327, 854581030, 1552497870,
    ]);
    expect([stream.exponential(10), stream.serviceTime(10, 0.5), stream.nextFloat()]).toEqual([
      28.156071156727535, 6.298389682899641, 0.13746825307163524,
    ]);
  });

  it('repeats itself for the same seed and name, and differs for another of either', () => {
    const first = (seed: number, name: string) => createStream(seed, name).nextUint32();
    expect(first(7, 'a')).toBe(first(7, 'a'));
    const seen = new Set<number>();
    for (let seed = 0; seed < 100; seed += 1) {
      for (const name of ['', 'a', 'b', 'ab', 'ba', 'a\u0000']) seen.add(first(seed, name));
    }
    expect(seen.size).toBe(600);
  });

  it('gives uncorrelated streams to different names and to different seeds', () => {
    const count = 2000;
    const correlation = (one: RandomStream, other: RandomStream) => {
      let sum = 0;
      for (let done = 0; done < count; done += 1) {
        sum += (one.nextFloat() - 0.5) * (other.nextFloat() - 0.5) * 12;
      }
      return Math.abs(sum) / Math.sqrt(count);
    };
    const seed = fc.nat(0xffffffff);
    const name = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(seed, seed, name, name, (seed1, seed2, name1, name2) => {
        fc.pre(seed1 !== seed2 && name1 !== name2);
        expect(correlation(createStream(seed1, name1), createStream(seed1, name2))).toBeLessThan(5);
        expect(correlation(createStream(seed1, name1), createStream(seed2, name1))).toBeLessThan(5);
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])('refuses the seed %s', (seed) => {
    expect(() => createStream(seed, 'x')).toThrow(new RangeError(`seed must be a uint32: ${seed}`));
  });
});

describe('a stream', () => {
  it('continues from restored words as the original does', () => {
    const original = createStream(1, 'x');
    original.serviceTime(1, 0.5);
    const words = Array.from(original.state);
    const copy = createStream(2, 'y');
    copy.restore(words);
    const sample = (s: RandomStream) => [s.exponential(1), s.serviceTime(1, 2), s.nextIndex(9)];
    expect(sample(copy)).toEqual(sample(original));
    expect(Array.from(copy.state)).toEqual(Array.from(original.state));
    expect(() => copy.restore([1, 2, 3])).toThrow(
      new RangeError('sfc32 has 4 words of state, not 3'),
    );
  });

  it('draws uniform floats in [0, 1)', () => {
    const stream = createStream(3, 'uniform');
    const values = draws(DRAWS, () => stream.nextFloat());
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(Math.abs(chiSquareScore(values, (value) => value))).toBeLessThan(4);
    expect(errorsOff(values, 1 / 2)).toBeLessThan(4);
  });

  it('draws every index below the bound equally often', () => {
    const stream = createStream(4, 'index');
    const values = draws(DRAWS, () => stream.nextIndex(10));
    expect(new Set(values)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    expect(Math.abs(chiSquareScore(values, (value) => (value + 0.5) / 10, 10))).toBeLessThan(4);
  });
});

describe('exponential', () => {
  const stream = createStream(5, 'exponential');
  const values = draws(DRAWS, () => stream.exponential(3));

  it('has the exponential distribution function', () => {
    const cdf = (value: number) => 1 - Math.exp(-value / 3);
    expect(Math.abs(chiSquareScore(values, cdf))).toBeLessThan(4);
    expect(Math.abs(chiSquareScore(values, cdf, 4096))).toBeLessThan(4);
  });

  it('has the moments k! mean^k', () => {
    expect(errorsOff(values, 3)).toBeLessThan(4);
    expect(
      errorsOff(
        values.map((value) => value ** 2),
        2 * 9,
      ),
    ).toBeLessThan(4);
    expect(
      errorsOff(
        values.map((value) => value ** 3),
        6 * 27,
      ),
    ).toBeLessThan(4);
  });

  it('has its tail, beyond the ziggurat too', () => {
    for (const x of [5, 7.6971174, 9, 10]) {
      const beyond = values.map((value) => Number(value > 3 * x));
      expect(errorsOff(beyond, Math.exp(-x))).toBeLessThan(4);
    }
  });

  it('draws independently: neighbours are uncorrelated', () => {
    const products = draws(DRAWS - 1, () => 0).map(
      (_, i) => ((values[i] as number) / 3 - 1) * ((values[i + 1] as number) / 3 - 1),
    );
    expect(errorsOff(products, 0)).toBeLessThan(4);
  });
});

describe('serviceTime', () => {
  it('is exponential for a coefficient of variation of 1', () => {
    const one = createStream(6, 'service');
    const other = createStream(6, 'service');
    for (let done = 0; done < 10; done += 1) {
      expect(one.serviceTime(2, 1)).toBe(other.exponential(2));
    }
  });

  it('is constant, and draws nothing, for a coefficient of variation of 0', () => {
    const stream = createStream(6, 'service');
    const before = Array.from(stream.state);
    expect(stream.serviceTime(7.5, 0)).toBe(7.5);
    expect(Array.from(stream.state)).toEqual(before);
  });

  it.each([0.1, 0.5, 2])(
    'is lognormal with its mean and a coefficient of variation of %s',
    (cv) => {
      const stream = createStream(7, `service ${cv}`);
      const values = draws(DRAWS, () => stream.serviceTime(4, cv));
      const sigma = Math.sqrt(Math.log1p(cv * cv));
      const normal = values.map((v) => (Math.log(v / 4) + (sigma * sigma) / 2) / sigma);
      expect(errorsOff(values, 4)).toBeLessThan(4);
      expect(errorsOff(normal, 0)).toBeLessThan(4);
      expect(
        errorsOff(
          normal.map((z) => z ** 2),
          1,
        ),
      ).toBeLessThan(4);
      expect(
        errorsOff(
          normal.map((z) => z ** 3),
          0,
        ),
      ).toBeLessThan(4);
      expect(
        errorsOff(
          normal.map((z) => z ** 4),
          3,
        ),
      ).toBeLessThan(4);
      expect(Math.abs(chiSquareScore(normal, normalCdf, 1024))).toBeLessThan(4);
      for (const z of [3, 3.6541529, 4]) {
        const beyond = normal.map((value) => Number(Math.abs(value) > z));
        expect(errorsOff(beyond, 2 * normalCdf(-z))).toBeLessThan(4);
      }
    },
  );

  it('keeps laws of many coefficients of variation apart', () => {
    const mixed = createStream(8, 'mixed');
    for (let round = 0; round < 2; round += 1) {
      for (let index = 1; index <= 500; index += 1) {
        const cv = index / 250;
        if (cv === 1) continue;
        const alone = createStream(0, 'alone');
        alone.restore(mixed.state);
        const sigma = Math.sqrt(Math.log1p(cv * cv));
        const z = (Math.log(mixed.serviceTime(1, cv)) + (sigma * sigma) / 2) / sigma;
        const zOfTwo =
          (Math.log(alone.serviceTime(1, 2)) + Math.log(5) / 2) / Math.sqrt(Math.log(5));
        expect(z).toBeCloseTo(zOfTwo, 9);
      }
    }
  });
});
