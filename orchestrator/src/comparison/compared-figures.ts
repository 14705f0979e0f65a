import {
  type ComparedMetric,
  errorCount,
  errorRatio,
  percentileFromBuckets,
} from '@project-devops/simulation/protocol';
import { lengthOf, weightedMean } from './merge-rows.ts';
import type { Span } from './windows.ts';

/** How one metric is read from rows, compared and judged. */
export interface ComparedFigure {
  /** The figure over a span; null when it does not apply or was not told. */
  value(span: Span): number | null;
  /** Values behind the figure; null when it is no statistic of requests, or does not apply. */
  samples(span: Span): number | null;
  /** With fewer samples on either side the figure says more about chance than about the model. */
  readonly minSamples: number;
  /** `relative`: (predicted - measured) / measured, where a measured figure below `floor` counts as `floor`; `absolute`: predicted - measured. */
  readonly error:
    | { readonly kind: 'relative'; readonly floor: number }
    | { readonly kind: 'absolute' };
  /** Largest absolute error for grade A, B and C. */
  readonly tolerance: readonly [a: number, b: number, c: number];
  /** Whether it may decide a grade: in the end-to-end row, and in a node's row. */
  readonly decides: { readonly endToEnd: boolean; readonly node: boolean };
}

const finished = ({ merged }: Span) => merged.served + errorCount(merged.errors);
const served = ({ merged }: Span) => merged.latency.count;
const noSamples = () => null;
const times = (floor: number) => ({ kind: 'relative', floor }) as const;
const ratios = { kind: 'absolute' } as const;

/** Latencies below 0.5 ms are mostly the way over the network, which one figure describes for all links. */
const LATENCY_FLOOR_MS = 0.5;

/**
 * A percentile from the shared buckets, so that both sides are rounded alike. Node latencies decide no
 * grade: those that matter are in the end-to-end latency, and those of stores hold the network on one
 * side only.
 */
function percentile(
  q: number,
  minSamples: number,
  tolerance: ComparedFigure['tolerance'],
  endToEnd: boolean,
): ComparedFigure {
  return {
    value: ({ merged }) => percentileFromBuckets(merged.latency.bucketCounts, q),
    samples: served,
    minSamples,
    error: times(LATENCY_FLOOR_MS),
    tolerance,
    decides: { endToEnd, node: false },
  };
}

/**
 * What is compared. p99 decides nothing: in a minute at 50 requests/s thirty requests are behind it, and
 * one pause of the machine moves it. Lag decides nothing: a database tells it in steps of its own.
 */
export const COMPARED_FIGURES: Readonly<Record<ComparedMetric, ComparedFigure>> = {
  throughput: {
    value: ({ merged, coveredMs }) => (merged.served * 1000) / coveredMs,
    samples: ({ merged }) => merged.offered,
    minSamples: 20,
    error: { kind: 'relative', floor: 0.5 },
    tolerance: [0.03, 0.06, 0.12],
    decides: { endToEnd: true, node: true },
  },
  'mean-latency': {
    value: ({ merged: { latency } }) => (latency.count > 0 ? latency.sumMs / latency.count : null),
    samples: served,
    minSamples: 20,
    error: times(LATENCY_FLOOR_MS),
    tolerance: [0.2, 0.4, 0.8],
    decides: { endToEnd: true, node: false },
  },
  'p50-latency': percentile(0.5, 20, [0.15, 0.3, 0.6], true),
  'p95-latency': percentile(0.95, 100, [0.25, 0.5, 1], true),
  'p99-latency': percentile(0.99, 500, [0.5, 1, 2], false),
  'error-ratio': {
    value: ({ merged }) => errorRatio(merged),
    samples: finished,
    minSamples: 50,
    error: ratios,
    tolerance: [0.01, 0.03, 0.1],
    decides: { endToEnd: true, node: true },
  },
  utilisation: {
    value: ({ merged }) => merged.utilisation,
    samples: noSamples,
    minSamples: 0,
    error: ratios,
    tolerance: [0.05, 0.1, 0.2],
    decides: { endToEnd: false, node: true },
  },
  'hit-ratio': {
    value: ({ merged }) => merged.hitRatio,
    samples: ({ merged }) => (merged.hitRatio === null ? null : merged.served),
    minSamples: 50,
    error: ratios,
    tolerance: [0.05, 0.1, 0.2],
    decides: { endToEnd: false, node: true },
  },
  lag: {
    value: ({ rows }) => weightedMean(rows, (row) => row.lagMs, lengthOf),
    samples: noSamples,
    minSamples: 0,
    error: times(10),
    tolerance: [0.5, 1, 2],
    decides: { endToEnd: false, node: false },
  },
};

/** Signed error of a figure: positive when the prediction is too high. */
export function errorOf({ error }: ComparedFigure, predicted: number, measured: number): number {
  if (error.kind === 'absolute') return predicted - measured;
  return (predicted - measured) / Math.max(measured, error.floor);
}

/** How much of its tolerance an error takes: up to 1 is grade A, to 2 B, to 3 C, beyond D. Grows steadily within each. */
export function severityOf({ tolerance: [a, b, c] }: ComparedFigure, error: number): number {
  const size = Math.abs(error);
  if (size <= a) return size / a;
  if (size <= b) return 1 + (size - a) / (b - a);
  if (size <= c) return 2 + (size - b) / (c - b);
  return 3 + (size - c) / c;
}
