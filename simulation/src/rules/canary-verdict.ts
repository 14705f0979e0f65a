/** What a canary, or the nodes beside it, did while it was watched. */
export interface Sample {
  readonly requests: number;
  readonly errors: number;
  /** Served requests by latency, in the same buckets on both sides. */
  readonly latencyCounts: readonly number[];
}

export type Verdict = 'good' | 'bad' | 'unsure';

/** Fewer requests on either side say too little for the normal approximation below. */
const MIN_REQUESTS = 50;
/** One-sided 1 % of the standard normal distribution. */
const CRITICAL_Z = 2.326;
/** Excess of errors, and of slow requests, below which a difference does not matter however sure it is. */
const TOLERATED_ERRORS = 0.005;
const TOLERATED_SLOW = 0.1;
/** A request is slow when this share of the stable nodes' requests is quicker. */
const QUICK_SHARE = 0.9;

/**
 * Whether a canary is worse than the nodes that run the version before: `bad` when its share of errors, or of
 * slow requests, is larger by more than is tolerated and than chance explains (two-proportion z test).
 */
export function canaryVerdict(canary: Sample, stable: Sample): Verdict {
  if (canary.requests < MIN_REQUESTS || stable.requests < MIN_REQUESTS) return 'unsure';
  const errors = [shareOf(canary.errors, canary.requests), shareOf(stable.errors, stable.requests)];
  if (isWorse(errors, TOLERATED_ERRORS)) return 'bad';
  const slowFrom = slowBucket(stable.latencyCounts);
  const slow = [
    slowShare(canary.latencyCounts, slowFrom),
    slowShare(stable.latencyCounts, slowFrom),
  ];
  return isWorse(slow, TOLERATED_SLOW) ? 'bad' : 'good';
}

interface Share {
  readonly count: number;
  readonly of: number;
}

/** The z statistic of two shares with a common true value (pooled variance); zero when both are all or nothing. */
export function twoProportionZ(a: Share, b: Share): number {
  const pooled = (a.count + b.count) / (a.of + b.of);
  const variance = pooled * (1 - pooled) * (1 / a.of + 1 / b.of);
  return variance > 0 ? (a.count / a.of - b.count / b.of) / Math.sqrt(variance) : 0;
}

function isWorse([canary, stable]: readonly Share[], tolerated: number): boolean {
  if (canary === undefined || stable === undefined || canary.of === 0 || stable.of === 0) {
    return false;
  }
  const excess = canary.count / canary.of - stable.count / stable.of;
  return excess > tolerated && twoProportionZ(canary, stable) > CRITICAL_Z;
}

function shareOf(count: number, of: number): Share {
  return { count, of };
}

function slowShare(counts: readonly number[], from: number): Share {
  return shareOf(sum(counts.slice(from)), sum(counts));
}

/** The first bucket above the one in which the quick share is reached. */
function slowBucket(counts: readonly number[]): number {
  const enough = QUICK_SHARE * sum(counts);
  let reached = 0;
  let bucket = 0;
  while (bucket < counts.length && reached < enough) reached += counts[bucket++] ?? 0;
  return bucket;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
