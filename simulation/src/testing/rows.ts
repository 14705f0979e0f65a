import { END_TO_END, LATENCY_BOUNDS_MS, type Measurement, UNMEASURED } from '../protocol/index.ts';

/** An end-to-end row of the first second in which nothing happened, but for what is given. */
export function rowOf(given: Partial<Measurement> = {}): Measurement {
  return {
    node: END_TO_END,
    source: 'predicted',
    startMs: 0,
    endMs: 1_000,
    offered: 0,
    served: 0,
    good: 0,
    errors: {},
    inFlight: 0,
    latency: {
      count: 0,
      sumMs: 0,
      bucketCounts: new Array<number>(LATENCY_BOUNDS_MS.length + 1).fill(0),
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
    },
    ...UNMEASURED,
    ...given,
  };
}
