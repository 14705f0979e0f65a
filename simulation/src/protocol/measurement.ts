import type { Static } from 'typebox';
import * as Type from 'typebox';
import { LATENCY_BOUNDS_MS } from './figures.ts';
import { ClassIdSchema, NodeIdSchema } from './ids.ts';
import { CAUSES, type Cause, END_TO_END } from './vocabulary.ts';

export const CauseSchema = Type.Enum([...CAUSES]);

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
    goodByClass: Type.Optional(Type.Record(ClassIdSchema, count, closed)),
    errors: Type.Partial(Type.Record(CauseSchema, count), closed),
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
