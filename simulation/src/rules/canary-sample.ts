import { errorCount, LATENCY_BOUNDS_MS, type Measurement } from '../protocol/index.ts';
import type { Sample } from './canary-verdict.ts';

/** A sample in which nothing was seen. */
export function emptySample(): Sample {
  return {
    requests: 0,
    errors: 0,
    latencyCounts: LATENCY_BOUNDS_MS.map(() => 0).concat(0),
  };
}

/** A sample with a node's window added. What failed behind the node is not its own error. */
export function withRow(sample: Sample, { served, errors, latency }: Measurement): Sample {
  const { 'dependency-failed': _, ...own } = errors;
  const failed = errorCount(own);
  return {
    requests: sample.requests + served + failed,
    errors: sample.errors + failed,
    latencyCounts: sample.latencyCounts.map((count, i) => count + (latency.bucketCounts[i] ?? 0)),
  };
}
