import { describe, expect, it } from 'vitest';
import { createStream } from './random.ts';
import { standardExponential, standardNormal, type UniformSource } from './ziggurat.ts';

const LAYERS = 256;
/** Enough that a wedge read upside down doubles the chi-square of its law. */
const DRAWS = 3_000_000;
/** Bit of the first word that makes a normal draw negative. */
const NEGATIVE = 256;

/** A law as the ziggurat sees it: all functions of the distance from zero, the density at most 1. */
interface Law {
  readonly name: string;
  readonly draw: (source: UniformSource) => number;
  readonly density: (x: number) => number;
  readonly inverse: (y: number) => number;
  readonly tailStart: number;
  /** Integral of the density beyond `tailStart`. */
  readonly tailArea: number;
  /** How many of the 53 bits of a fraction come from the second word. */
  readonly lowBits: number;
}

const exponential: Law = {
  name: 'exponential',
  draw: standardExponential,
  density: (x) => Math.exp(-x),
  inverse: (y) => -Math.log(y),
  tailStart: 7.69711747013105,
  tailArea: Math.exp(-7.69711747013105),
  lowBits: 29,
};

const normal: Law = {
  name: 'normal',
  draw: standardNormal,
  density: (x) => Math.exp(-0.5 * x * x),
  inverse: (y) => Math.sqrt(-2 * Math.log(y)),
  tailStart: 3.654152885361009,
  /** Density there over the mean of the law beyond it. */
  tailArea: Math.exp(-0.5 * 3.654152885361009 ** 2) / 3.89703907164847,
  lowBits: 30,
};

/** The two words that lead into a layer, at this fraction of its width. */
function wordsOf(law: Law, layer: number, fraction: number): number[] {
  const integer = Math.floor(fraction * 2 ** 53);
  const low = integer % 2 ** law.lowBits;
  const high = (integer - low) / 2 ** law.lowBits;
  return [high * 2 ** (law.lowBits - 21) + layer, low * 2 ** (32 - law.lowBits)];
}

/** Gives these words and fractions and no more. */
function scripted(words: readonly number[], fractions: readonly number[]): UniformSource {
  const next = (values: Iterator<number>) => {
    const { done, value } = values.next();
    if (done) throw new Error('drew more than was scripted');
    return value;
  };
  const left = words.values();
  const heights = fractions.values();
  return { nextUint32: () => next(left), nextFloat: () => next(heights) };
}

/**
 * Where each layer ends, by definition: all areas equal, the lowest one's with the tail's, and from
 * one edge to the next the density rises by area / edge.
 */
function edgesOf({ density, inverse, tailStart, tailArea }: Law): number[] {
  const area = tailStart * density(tailStart) + tailArea;
  const edges = [area / density(tailStart), tailStart];
  for (let edge = tailStart; edges.length < LAYERS; edges.push(edge)) {
    edge = inverse(density(edge) + area / edge);
  }
  return [...edges, 0];
}

/** Simpson's rule over 16 pieces. */
function integral(density: (x: number) => number, from: number, to: number): number {
  const step = (to - from) / 16;
  const weights = Array.from({ length: 17 }, (_, at) => (at % 16 === 0 ? 1 : at % 2 === 0 ? 2 : 4));
  const sum = weights.reduce((total, weight, at) => total + weight * density(from + at * step), 0);
  return (sum * step) / 3;
}

describe.each([exponential, normal])('the layers of the $name law', (law) => {
  const edges = edgesOf(law);
  const edge = (layer: number) => edges[layer] as number;

  it('end where equal areas put them, the topmost at the peak of the density', () => {
    const top = edge(LAYERS - 1);
    const area = edge(0) * law.density(law.tailStart);
    expect(law.density(top) + area / top).toBeCloseTo(1, 13);
    const outermost = 1 - 2 ** -40;
    for (let layer = 1; layer < LAYERS; layer += 1) {
      const x = law.draw(scripted(wordsOf(law, layer, outermost), [0]));
      expect(x / outermost / edge(layer), `layer ${layer}`).toBeCloseTo(1, 12);
    }
  });

  it('take without a further draw what is under the density from bottom to top', () => {
    for (let layer = 0; layer < LAYERS - 1; layer += 1) {
      const inside = (edge(layer + 1) / edge(layer)) * (1 - 1e-12);
      const x = law.draw(scripted(wordsOf(law, layer, inside), []));
      expect(x / edge(layer + 1)).toBeCloseTo(1, 11);
    }
  });

  it.each([0.001, 0.3, 0.5, 0.7, 0.999])(
    'take a point of the wedge below the density and refuse one above (at %d of it)',
    (part) => {
      for (let layer = 1; layer < LAYERS; layer += 1) {
        const x = edge(layer + 1) + part * (edge(layer) - edge(layer + 1));
        const bottom = law.density(edge(layer));
        const height = (law.density(x) - bottom) / (law.density(edge(layer + 1)) - bottom);
        const words = wordsOf(law, layer, x / edge(layer));
        const taken = law.draw(scripted(words, [height - 1e-9]));
        expect(taken / x, `below, layer ${layer}`).toBeCloseTo(1, 12);
        const again = [...words, ...wordsOf(law, 1, 0)];
        expect(law.draw(scripted(again, [height + 1e-9])), `above, layer ${layer}`).toBe(0);
      }
    },
  );

  it('give every half of the band between two edges its share of the draws', () => {
    const { density } = law;
    const starts = [...edges.slice(1)].reverse();
    const bounds = starts.flatMap((from, band) => {
      const to = starts[band + 1];
      return to === undefined ? [from] : [from, (from + to) / 2];
    });
    const shares = bounds.map((from, at) => {
      const to = bounds[at + 1];
      return to === undefined ? law.tailArea : integral(density, from, to);
    });
    const whole = shares.reduce((sum, share) => sum + share);
    const expected = shares.map((share) => (share / whole) * DRAWS);
    const counts = countsWithin(Float64Array.from(bounds), law.draw);
    const chiSquare = expected.reduce(
      (sum, count, at) => sum + ((counts[at] as number) - count) ** 2 / count,
      0,
    );
    const freedom = bounds.length - 1;
    expect(chiSquare).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom));
  });
});

it('the sign of a normal draw is that of its wedge too', () => {
  const edges = edgesOf(normal);
  const [first, second] = wordsOf(normal, 40, 1 - 1e-6) as [number, number];
  const draw = (word: number) => standardNormal(scripted([word, second], [0]));
  expect(draw(first)).toBeCloseTo(edges[40] as number, 5);
  expect(draw(first + NEGATIVE)).toBe(-draw(first));
});

/** How many distances from zero lie from each of the ascending bounds to the next. */
function countsWithin(bounds: Float64Array, draw: (source: UniformSource) => number): Float64Array {
  const stream = createStream(12, 'layers');
  const counts = new Float64Array(bounds.length);
  for (let done = 0; done < DRAWS; done += 1) {
    const x = Math.abs(draw(stream));
    let from = 0;
    for (let size = 256; size > 0; size >>= 1) {
      if (from + size < bounds.length && (bounds[from + size] as number) <= x) from += size;
    }
    counts[from] = (counts[from] as number) + 1;
  }
  return counts;
}
