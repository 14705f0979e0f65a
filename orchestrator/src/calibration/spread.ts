import { LATENCY_BOUNDS_MS } from '@project-devops/simulation/protocol';

/** Fewer values or fewer bounds between them do not tell a spread. */
const MIN_VALUES = 50;
const MIN_BOUNDS = 2;
/** A bound tells something of the middle when this share at least lies on either side. */
const TAIL = 0.02;
const MAX_SIGMA = 1.5;

/**
 * Variance in ms^2 of latencies that are known by bucket: that of the lognormal law whose distribution is
 * nearest to the counts at the buckets' bounds. A few outliers (a pause of the machine) move it little.
 * Null when the buckets are too coarse, or the values too few, to tell.
 */
export function varianceFromBuckets(bucketCounts: readonly number[]): number | null {
  const total = bucketCounts.reduce((sum, count) => sum + count, 0);
  if (total < MIN_VALUES) return null;
  const points = pointsOf(bucketCounts, total);
  if (points.length < MIN_BOUNDS) return null;
  const { mu, sigma } = nearest(points);
  const squares = Math.exp(sigma ** 2);
  return (squares - 1) * Math.exp(2 * mu + sigma ** 2);
}

interface Point {
  readonly logBound: number;
  readonly shareBelow: number;
}

function pointsOf(bucketCounts: readonly number[], total: number): readonly Point[] {
  let below = 0;
  return LATENCY_BOUNDS_MS.map((bound, i) => {
    below += bucketCounts[i] ?? 0;
    return { logBound: Math.log(bound), shareBelow: below / total };
  }).filter(({ shareBelow }) => shareBelow > TAIL && shareBelow < 1 - TAIL);
}

/**
 * On the scale of normal quantiles a lognormal law is a straight line of slope 1/sigma, so the nearest one is
 * a line through the points, each weighted by how much is known there.
 */
function nearest(points: readonly Point[]): { readonly mu: number; readonly sigma: number } {
  const quantiles = points.map(({ shareBelow }) => normalQuantile(shareBelow));
  const weights = quantiles.map((z) => Math.exp(-(z ** 2)));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) /
    weights.reduce((sum, weight) => sum + weight, 0);
  const logs = points.map(({ logBound }) => logBound);
  const [meanZ, meanLog] = [mean(quantiles), mean(logs)];
  const covariance = mean(quantiles.map((z, i) => (z - meanZ) * ((logs[i] ?? 0) - meanLog)));
  const spread = mean(quantiles.map((z) => (z - meanZ) ** 2));
  const sigma = Math.min(MAX_SIGMA, covariance / spread);
  return { mu: meanLog - sigma * meanZ, sigma };
}

/** Quantile of the normal law (Acklam's approximation in the middle, enough between 2 and 98 %). */
function normalQuantile(share: number): number {
  const q = share - 0.5;
  const r = q * q;
  const top =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r +
      138.357751867269) *
      r -
      30.66479806614716) *
      r +
    2.506628277459239;
  const bottom =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r +
      66.80131188771972) *
      r -
      13.28068155288572) *
      r +
    1;
  return (q * top) / bottom;
}
