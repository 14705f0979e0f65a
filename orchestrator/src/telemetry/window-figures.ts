import {
  CAUSES,
  type Cause,
  LATENCY_BOUNDS_SECONDS,
  type Latency,
  type Measurement,
  percentileFromBuckets,
} from '@project-devops/simulation/protocol';
import type { SeriesStore } from './series-store.ts';
import type { WallWindow } from './telemetry.ts';

export type Labels = Readonly<Record<string, string>>;

/** Figures of one window on the wall clock, each out of the samples alone. */
export class WindowFigures {
  readonly store: SeriesStore;
  readonly startMs: number;
  readonly endMs: number;

  constructor(store: SeriesStore, { wallStartMs, wallEndMs }: WallWindow) {
    this.store = store;
    this.startMs = wallStartMs;
    this.endMs = wallEndMs;
  }

  /** How much counters grew. */
  increase(metric: string, at: Labels): number {
    return Math.max(0, this.store.increase(metric, at, this.startMs, this.endMs));
  }

  /** Mean growth in a second; null when nothing was told. */
  perSecond(metric: string, at: Labels): number | null {
    if (this.store.newest(metric, at) < this.startMs) return null;
    return this.increase(metric, at) / ((this.endMs - this.startMs) / 1000);
  }

  /** A gauge at the window's end. */
  atEnd(metric: string, at: Labels): number | null {
    return this.store.valueAt(metric, at, this.endMs);
  }

  /** Increases by a label's value; values of bounds are written as `leOf` writes them. */
  byLabel(metric: string, label: string, at: Labels): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { labels, totalAt } of this.store.select(metric, at)) {
      const text = labels[label] ?? '';
      const key = label === 'le' && text !== '+Inf' ? leOf(Number(text)) : text;
      sums[key] = (sums[key] ?? 0) + totalAt(this.endMs) - totalAt(this.startMs);
    }
    return sums;
  }

  errors(metric: string, at: Labels): Measurement['errors'] {
    const counts = this.byLabel(metric, 'cause', at);
    const known = CAUSES.filter((cause) => (counts[cause] ?? 0) > 0);
    return Object.fromEntries(known.map((cause) => [cause, counts[cause]])) as Partial<
      Record<Cause, number>
    >;
  }

  /** From a Prometheus histogram, whose buckets hold all that is up to their bounds. */
  latency(metric: string, at: Labels): Latency {
    const upTo = inOrder(this.byLabel(`${metric}_bucket`, 'le', at));
    const counts = upTo.map((count, i) => Math.max(0, count - (upTo[i - 1] ?? 0)));
    return latencyOf(counts, this.increase(`${metric}_sum`, at));
  }

  /** From counters whose label `le` is the least bound that a value is up to. */
  latencyOfCounts(counts: string, sum: string): Latency {
    return latencyOf(inOrder(this.byLabel(counts, 'le', {})), this.increase(sum, {}));
  }
}

const BOUNDS = [...LATENCY_BOUNDS_SECONDS.map(leOf), '+Inf'];
const inOrder = (byBound: Readonly<Record<string, number>>) => BOUNDS.map((le) => byBound[le] ?? 0);

/** A bound as one text, however its digits were written. */
function leOf(seconds: number): string {
  return seconds.toPrecision(6);
}

function latencyOf(bucketCounts: number[], sumSeconds: number): Latency {
  const percentile = (q: number) => percentileFromBuckets(bucketCounts, q);
  return {
    count: bucketCounts.reduce((sum, count) => sum + count, 0),
    sumMs: Math.max(0, sumSeconds * 1000),
    bucketCounts,
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
  };
}
