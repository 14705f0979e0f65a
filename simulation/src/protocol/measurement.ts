import Type, { type Static } from 'typebox';
import { ClassIdSchema, NodeIdSchema } from './ids.ts';

/**
 * Upper bounds of the shared latency buckets in milliseconds: the E12 preferred numbers (each about
 * 1.21 times the one before) from 0.1 ms to 10 s. Engine, containers and k6 all count into these.
 */
const E12 = [10, 12, 15, 18, 22, 27, 33, 39, 47, 56, 68, 82] as const;
export const LATENCY_BOUNDS_MS: readonly number[] = [
  ...E12.map((step) => step / 100),
  ...E12.map((step) => step / 10),
  ...E12,
  ...E12.map((step) => step * 10),
  ...E12.map((step) => step * 100),
  10_000,
];

/** Why a request was not served. `dependency-failed`: a node behind this one dropped it and carries the cause. */
export const CAUSES = [
  'queue-full',
  'time-out',
  'connection-refused',
  'pool-exhausted',
  'lock-time-out',
  'no-route',
  'node-down',
  'dependency-failed',
] as const;
export const CauseSchema = Type.Enum([...CAUSES]);
export type Cause = (typeof CAUSES)[number];

/** The id of the row that describes whole requests as the clients see them. */
export const END_TO_END = '*';

const count = Type.Number({ minimum: 0 });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false };

export const LatencySchema = Type.Object(
  {
    /** Requests that were served; the number of values behind the other fields. */
    count,
    sumMs: count,
    /** Values per bucket of `LATENCY_BOUNDS_MS`, the overflow bucket last. */
    bucketCounts: Type.Array(count, {
      minItems: LATENCY_BOUNDS_MS.length + 1,
      maxItems: LATENCY_BOUNDS_MS.length + 1,
    }),
    /** Percentiles, null in a window that served nothing. */
    p50Ms: orNull(count),
    p95Ms: orNull(count),
    p99Ms: orNull(count),
  },
  closed,
);
export type Latency = Static<typeof LatencySchema>;

/**
 * One node, or the whole service, over one window. Null means "this does not apply here or was not
 * measured", never zero. Counts are of requests (calls, for a node behind another).
 * Always: offered + inFlight at the window's start = served + errors + inFlight at its end.
 */
export const MeasurementSchema = Type.Object(
  {
    node: Type.Union([NodeIdSchema, Type.Literal(END_TO_END)]),
    source: Type.Enum(['predicted', 'measured']),
    startMs: count,
    endMs: count,
    offered: count,
    served: count,
    /** Served within the class's deadline. */
    good: count,
    /** Good requests by class; in the end-to-end row only. */
    goodByClass: Type.Optional(Type.Record(ClassIdSchema, count)),
    errors: Type.Partial(Type.Record(CauseSchema, count)),
    inFlight: count,
    latency: LatencySchema,
    /** CPU time used over CPU time allowed in the window, 0 to 1. */
    utilisation: orNull(count),
    /** Time-weighted mean number of requests that wait for the CPU. */
    queueDepth: orNull(count),
    /** Most connections (requests held at once) in the window, and the limit. */
    connections: orNull(Type.Object({ used: count, limit: count }, closed)),
    /** Time-weighted mean number of calls that wait for a row lock. */
    lockWaits: orNull(count),
    hitRatio: orNull(count),
    /** How far a replica is behind its primary at the window's end. */
    lagMs: orNull(count),
    costPerHour: orNull(count),
  },
  closed,
);
export interface Measurement extends Omit<Static<typeof MeasurementSchema>, 'errors'> {
  readonly errors: Readonly<Partial<Record<Cause, number>>>;
}

/** Sum of the errors of all causes. */
export function errorCount(errors: Readonly<Partial<Record<Cause, number>>>): number {
  let total = 0;
  for (const cause of CAUSES) total += errors[cause] ?? 0;
  return total;
}

/** Errors over finished requests of a window, 0 to 1; null when none finished. */
export function errorRatio(row: Pick<Measurement, 'served' | 'errors'>): number | null {
  const errors = errorCount(row.errors);
  const finished = row.served + errors;
  return finished === 0 ? null : errors / finished;
}

/** Served requests a second over the row's window. */
export function throughputPerSecond(
  row: Pick<Measurement, 'served' | 'startMs' | 'endMs'>,
): number {
  return row.endMs > row.startMs ? (row.served * 1000) / (row.endMs - row.startMs) : 0;
}

/**
 * The q-th percentile (0 to 1) of bucketed latencies, by straight-line interpolation inside the
 * bucket as Prometheus' histogram_quantile does; null when the buckets are empty. The overflow
 * bucket answers with the last bound.
 */
export function percentileFromBuckets(bucketCounts: readonly number[], q: number): number | null {
  const total = bucketCounts.reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  const rank = q * total;
  let below = 0;
  for (let i = 0; i < LATENCY_BOUNDS_MS.length; i++) {
    const inside = bucketCounts[i] ?? 0;
    if (inside > 0 && below + inside >= rank) {
      const upper = LATENCY_BOUNDS_MS[i] ?? 0;
      const lower = i === 0 ? 0 : (LATENCY_BOUNDS_MS[i - 1] ?? 0);
      return lower + ((upper - lower) * (rank - below)) / inside;
    }
    below += inside;
  }
  return LATENCY_BOUNDS_MS[LATENCY_BOUNDS_MS.length - 1] ?? null;
}
