import { fromWords, highWord } from './float-bits.ts';

const MIN_MS = 1e-3;
const MAX_MS = 1e7;
/** A bucket is an exponent and the top 7 significand bits: 128 buckets an octave. */
const SHIFT = 13;
const HALF_BUCKET = 1 << (SHIFT - 1);
/** Bucket 0 holds what is below MIN_MS; bucket 1 is the one MIN_MS falls into. */
const OFFSET = (highWord(MIN_MS) >>> SHIFT) - 1;
const BUCKETS = (highWord(MAX_MS) >>> SHIFT) - OFFSET + 1;
/** Slack against a rank such as 0.07 * 100 rounding up past the integer it means. */
const RANK_SLACK = 1 - 4 * Number.EPSILON;

/**
 * Latencies in milliseconds, counted in log-linear buckets. A reported percentile is within 0.4 %
 * (1/256) of the recorded value. Values below 1e-3 ms are reported as 0, values above 1e7 ms as 1e7.
 */
export class LatencyHistogram {
  private readonly counts = new Uint32Array(BUCKETS);
  private lowest = BUCKETS;
  private highest = -1;
  private total = 0;
  private sum = 0;

  /** Values recorded. */
  get count(): number {
    return this.total;
  }

  /** Sum of the values as given, neither bucketed nor clamped. */
  get sumMs(): number {
    return this.sum;
  }

  /** Counts one latency; throws RangeError unless it is finite and >= 0. */
  record(valueMs: number): void {
    let index = 0;
    if (valueMs >= MIN_MS) {
      index = valueMs < MAX_MS ? (highWord(valueMs) >>> SHIFT) - OFFSET : BUCKETS - 1;
    }
    if (!(valueMs >= 0 && valueMs < Infinity)) throw new RangeError(`latency is ${valueMs} ms`);
    this.counts[index] = (this.counts[index] as number) + 1;
    if (index < this.lowest) this.lowest = index;
    if (index > this.highest) this.highest = index;
    this.total += 1;
    this.sum += valueMs;
  }

  /** The value of nearest rank ceil(q * count), null when empty; q in [0, 1] or RangeError. */
  percentileMs(q: number): number | null {
    return this.percentilesMs([q])[0] ?? null;
  }

  /** The same for several in ascending order, in one pass; empty when nothing is recorded. */
  percentilesMs(quantiles: readonly number[]): number[] {
    const results: number[] = [];
    let index = this.lowest;
    let upTo = this.total === 0 ? 0 : (this.counts[index] as number);
    for (const q of quantiles) {
      if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile ${q} is outside [0, 1]`);
      if (this.total === 0) continue;
      const rank = Math.max(1, Math.ceil(q * this.total * RANK_SLACK));
      while (upTo < rank && index < this.highest) {
        index += 1;
        upTo += this.counts[index] as number;
      }
      results.push(MIDPOINTS_MS[index] as number);
    }
    return results;
  }

  /** Forgets everything recorded. */
  reset(): void {
    this.counts.fill(0, this.lowest, this.highest + 1);
    this.lowest = BUCKETS;
    this.highest = -1;
    this.total = 0;
    this.sum = 0;
  }

  /** Adds everything the other recorded. */
  addAll(other: LatencyHistogram): void {
    for (let index = other.lowest; index <= other.highest; index += 1) {
      this.counts[index] = (this.counts[index] as number) + (other.counts[index] as number);
    }
    this.lowest = Math.min(this.lowest, other.lowest);
    this.highest = Math.max(this.highest, other.highest);
    this.total += other.total;
    this.sum += other.sum;
  }

  /**
   * Counts between the ends that `bucketEnds` gave, then the overflow. A value within 0.4 % of a bound may fall
   * on either side (buckets go by their midpoint).
   */
  bucketCounts(ends: Int32Array): number[] {
    const { counts, highest } = this;
    const result: number[] = [];
    let index = this.lowest;
    for (let bound = 0; bound <= ends.length; bound++) {
      const end = Math.min(bound < ends.length ? (ends[bound] as number) : BUCKETS, highest + 1);
      let count = 0;
      for (; index < end; index++) count += counts[index] as number;
      result.push(count);
    }
    return result;
  }
}

const MIDPOINTS_MS = Float64Array.from({ length: BUCKETS }, (_, index) => midpointMs(index));

/** Where the buckets end whose values belong to upper bounds (ascending, ms): to the first bound >= the value. */
export function bucketEnds(boundsMs: readonly number[]): Int32Array {
  return Int32Array.from(boundsMs, (boundMs) => {
    const end = MIDPOINTS_MS.findIndex((midpoint) => midpoint > boundMs);
    return end < 0 ? BUCKETS : end;
  });
}

function midpointMs(index: number): number {
  if (index === 0) return 0;
  return Math.min(MAX_MS, fromWords(((index + OFFSET) << SHIFT) | HALF_BUCKET, 0));
}
