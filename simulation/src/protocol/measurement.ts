import type { Static } from 'typebox';
import * as Type from 'typebox';
import { LATENCY_BOUNDS_MS } from './figures.ts';
import { ClassIdSchema, NodeIdSchema } from './ids.ts';
import { recordOf, someOf } from './named-values.ts';
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
 * What became of a queue's messages in a window. A message counts once for each group that is to process it. The
 * request that produced it was served when it was appended, so messages are no part of `inFlight`; they obey a law
 * of their own: appended + waiting at the window's start = consumed + expired + deadLettered + lost + waiting at its end.
 */
export const MessagesSchema = Type.Object(
  {
    appended: count,
    /** Processed, and their offsets committed. */
    consumed: count,
    /** Skipped, being too old to be worth processing. */
    expired: count,
    /** Put aside after too many deliveries that failed. */
    deadLettered: count,
    /** Deleted by retention before they were processed, gone in a crash, or of a group that is gone. */
    lost: count,
    waiting: count,
    /** Deliveries that were not a message's first. */
    redelivered: count,
    /** Deliveries of messages that had had their effect before. */
    duplicates: count,
    /** Mean time from append to commit of the consumed ones; null when there were none. */
    meanMs: orNull(count),
  },
  closed,
);

/** Copies that were taken of a node's data in a window, and the restores after lost disks that ended in it. */
export const RecoverySchema = Type.Object(
  {
    snapshots: count,
    backups: count,
    restores: count,
    /** Writes that these restores could not bring back, part of the row's `lostWrites`; of a queue, messages. */
    lostWrites: count,
    /** The longest time before a fault whose writes are lost; null when all of a node's are, or nothing was restored. */
    rpoSeconds: orNull(count),
    /** The longest time from a fault until the node served again; null when nothing was restored. */
    rtoSeconds: orNull(count),
  },
  closed,
);
export type RecoveryRow = Static<typeof RecoverySchema>;

/** Hostile requests, which are nobody's: their counts as those of a row. */
export const HostileSchema = Type.Object(
  {
    offered: count,
    served: count,
    errors: someOf(CAUSES, count, closed),
    inFlight: count,
    /** Served injections: each broke in. */
    breaches: count,
  },
  closed,
);

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
    goodByClass: Type.Optional(recordOf(ClassIdSchema, count, closed)),
    errors: someOf(CAUSES, count, closed),
    inFlight: count,
    /** Requests of hostile classes; in the end-to-end row only, which leaves them out of its other counts. */
    hostile: Type.Optional(HostileSchema),
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
    /** Messages at the window's end that the group furthest behind has not processed; of a queue only. `lagMs` is the age of the oldest. */
    consumerLag: Type.Optional(orNull(count)),
    messages: Type.Optional(orNull(MessagesSchema)),
    /** Reads of data of which this node had yet to apply a write; absent where every read is of the latest. */
    staleReads: Type.Optional(orNull(count)),
    /** Accepted writes that are gone: not applied before a promotion, overwritten in a conflict, held in memory only, not in the copy that was restored. */
    lostWrites: Type.Optional(orNull(count)),
    /** Only of nodes that take copies of their data, or have lost it. */
    recovery: Type.Optional(orNull(RecoverySchema)),
    /** Writes of a row that a peer had written too, before either knew of the other's. */
    writeConflicts: Type.Optional(orNull(count)),
    /** Writes that undid an earlier one of the same request, whose next one had failed. */
    compensations: Type.Optional(orNull(count)),
    /** Items at the window's end whose latest writes are in this node's memory only; absent where writes do not wait there. */
    dirtyItems: Type.Optional(orNull(count)),
    /** Requests that a firewall took for hostile ones, stopped or not; of a firewall only. */
    flagged: Type.Optional(orNull(count)),
    /** Mean numbers of a function's or service's instances that are up and that are starting, the most there may be, and starts in the window. */
    instances: Type.Optional(
      orNull(
        Type.Object({ running: count, starting: count, limit: count, started: count }, closed),
      ),
    ),
  },
  closed,
);
export interface Measurement extends Omit<Static<typeof MeasurementSchema>, 'errors'> {
  readonly errors: Readonly<Partial<Record<Cause, number>>>;
}

/** The figures of a row whose source told none of what a node is made of. */
export const UNMEASURED = {
  utilisation: null,
  queueDepth: null,
  connections: null,
  lockWaits: null,
  hitRatio: null,
  lagMs: null,
  costPerHour: null,
} as const satisfies Partial<Measurement>;
