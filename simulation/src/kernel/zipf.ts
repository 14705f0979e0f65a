import { pow } from './det-math.ts';
import type { RandomStream } from './random.ts';

/** Ranks 0..size-1 drawn with probability proportional to (rank + 1)^-exponent. */
export interface ZipfSampler {
  readonly size: number;
  /** A rank, 0 the most popular; takes one float of the stream. */
  sample(stream: RandomStream): number;
  /** The probability of a rank, 0 outside [0, size). */
  probability(rank: number): number;
}

/**
 * A Zipf law sampled in constant time by the alias method (Walker 1977, tables after Vose 1991).
 * @param size number of ranks, an integer in [1, 2^31)
 * @param exponent finite and >= 0; 0 is uniform
 */
export function createZipf(size: number, exponent: number): ZipfSampler {
  if (!(Number.isInteger(size) && size >= 1 && size < 2147483648)) {
    throw new RangeError(`zipf size must be a positive int32: ${size}`);
  }
  if (!(exponent >= 0 && exponent < Infinity)) {
    throw new RangeError(`zipf exponent must be finite and >= 0: ${exponent}`);
  }
  const probabilities = normalisedPowers(size, exponent);
  const { keep, alias } = buildAliases(probabilities);
  return {
    size,
    sample(stream) {
      const position = stream.nextFloat() * size;
      const rank = Math.floor(position);
      return position - rank < (keep[rank] as number) ? rank : (alias[rank] as number);
    },
    probability(rank) {
      return probabilities[rank] ?? 0;
    },
  };
}

function normalisedPowers(size: number, exponent: number): Float64Array {
  const powers = new Float64Array(size);
  let total = 0;
  for (let rank = size - 1; rank >= 0; rank -= 1) {
    const power = pow(rank + 1, -exponent);
    powers[rank] = power;
    total += power;
  }
  return powers.map((power) => power / total);
}

/** Cell i yields i with probability keep[i], else alias[i]; all cells are equally likely. */
function buildAliases(probabilities: Float64Array): { keep: Float64Array; alias: Int32Array } {
  const size = probabilities.length;
  const keep = probabilities.map((probability) => probability * size);
  const alias = Int32Array.from(keep, (_, rank) => rank);
  // Probabilities fall with rank, so the cells with too little are a suffix, the donors a prefix.
  let donor = 0;
  let last = size - 1;
  let needy = last;
  while (donor < last && (keep[needy] as number) < 1) {
    alias[needy] = donor;
    const left = (keep[donor] as number) + (keep[needy] as number) - 1;
    keep[donor] = left;
    needy = left < 1 ? donor++ : --last;
  }
  return { keep, alias };
}
