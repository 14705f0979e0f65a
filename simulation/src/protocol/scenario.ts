import type { Static } from 'typebox';
import * as Type from 'typebox';
import { type Fault, FaultSchema, MAX_FAULTS } from './fault.ts';
import { ClassIdSchema } from './ids.ts';
import { MessageKiBSchema } from './message-options.ts';
import { recordOf } from './named-values.ts';
import { ReleaseSchema } from './release.ts';
import { NODE_KINDS, type NodeKind, type Topology, TopologySchema } from './topology.ts';
import {
  type ApplicationOperation,
  CONSISTENCIES,
  CREDENTIALS,
  HOSTILITIES,
  OPERATIONS,
  QUERIES,
} from './vocabulary.ts';

const closed = { additionalProperties: false };
const seconds = Type.Number({ minimum: 0, maximum: 86_400 });
const ratio = Type.Number({ minimum: 0, maximum: 1 });
const money = Type.Number({ minimum: 0, maximum: 1e9 });

/** Words shown to the player: one text for every language, or one a language. */
const PlainTextSchema = Type.String({ minLength: 1, maxLength: 600 });
export const TextSchema = Type.Union([
  PlainTextSchema,
  Type.Object({ en: PlainTextSchema, ko: PlainTextSchema }, closed),
]);
export type Text = Static<typeof TextSchema>;

/** A named endpoint: its operations in order, what it pays, and when it is late or given up. */
export const RequestClassSchema = Type.Object(
  {
    operations: Type.Array(Type.Enum([...OPERATIONS]), { minItems: 1, maxItems: 16 }),
    /** Paid per request that is served on time. */
    revenue: Type.Number({ minimum: 0, maximum: 1_000 }),
    /** Served within this time counts as good. */
    onTimeMs: Type.Number({ minimum: 1, maximum: 60_000 }),
    /** The client gives up after this time. */
    timeoutMs: Type.Number({ minimum: 1, maximum: 60_000 }),
    /**
     * Whether applications may leave its writes to a queue and answer before they are done; true unless told.
     * A class whose answer depends on the write (a payment that may be refused) must not.
     */
    deferrable: Type.Optional(Type.Boolean({ default: true })),
    /**
     * How its writes become one when there are several and the application is linked to several databases: all
     * prepared and then committed, one after the other with a way back, or one now and the others soon. Absent: they are not.
     */
    consistency: Type.Optional(Type.Enum([...CONSISTENCIES])),
    /** What a message about one of its writes takes. */
    messageKiB: Type.Optional(MessageKiBSchema),
    /** What it asks of its data: a NoSQL database that answers it keeps that data, if one is linked; else SQL does. */
    query: Type.Optional(Type.Enum([...QUERIES], { default: 'join' })),
    /** What its clients can show a gateway that asks for it. */
    credential: Type.Optional(Type.Enum([...CREDENTIALS], { default: 'key' })),
    /**
     * Absent: its requests are the users'. Hostile ones load the nodes like any other, but nobody is pleased
     * when they are served or disappointed when they fail: end to end they are counted apart.
     */
    hostile: Type.Optional(Type.Enum([...HOSTILITIES])),
  },
  closed,
);
export type RequestClass = Static<typeof RequestClassSchema>;

/** What applications do for a request of a class: its operations but for messages, in their order. */
export function applicationOperations({ operations }: Pick<RequestClass, 'operations'>) {
  return operations.filter(
    (operation): operation is ApplicationOperation => operation !== 'message',
  );
}

/** Piecewise-linear curve over operation time; constant before the first and after the last point. */
export const CurveSchema = Type.Array(
  Type.Object({ atSeconds: seconds, factor: Type.Number({ minimum: 0, maximum: 1_000 }) }, closed),
  { minItems: 1, maxItems: 200 },
);
export type Curve = Static<typeof CurveSchema>;

/** A department's news: a message at a time, and the traffic it brings, if any. */
export const ScenarioEventSchema = Type.Object(
  {
    id: ClassIdSchema,
    department: Type.Enum(['pm', 'marketing', 'development']),
    atSeconds: seconds,
    message: TextSchema,
    /** Offered load is multiplied by `factor`, reached over `rampSeconds`, held, and let go over `rampSeconds`. */
    traffic: Type.Optional(
      Type.Object(
        {
          startSeconds: seconds,
          rampSeconds: seconds,
          holdSeconds: seconds,
          factor: Type.Number({ minimum: 0, maximum: 100 }),
          label: TextSchema,
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ScenarioEvent = Static<typeof ScenarioEventSchema>;

/** How active users come and go; rates are per second of play. */
export const UsersSchema = Type.Object(
  {
    initial: Type.Number({ minimum: 0, maximum: 1e8 }),
    requestsPerUserPerMinute: Type.Number({ minimum: 0, maximum: 600 }),
    /** Share of the active users that joins each second while everyone is content. */
    growthPerSecond: Type.Number({ minimum: 0, maximum: 0.1 }),
    /** Share that leaves each second if every request fails. */
    churnPerSecond: Type.Number({ minimum: 0, maximum: 1 }),
  },
  closed,
);

export const ScoringSchema = Type.Object(
  {
    /** Served requests a second that earn the full part. */
    throughputPerSecond: Type.Number({ minimum: 0 }),
    /** Latencies that earn the full part; four times as much earns nothing. */
    meanLatencyMs: Type.Number({ minimum: 0 }),
    p95LatencyMs: Type.Number({ minimum: 0 }),
    /** Running cost for a thousand good requests that earns the full part; 1.4 times as much earns nothing. */
    costPerThousand: Type.Number({ minimum: 0 }),
  },
  closed,
);

/** A stage or a lab, as data. Times are seconds of operation; the setup phase takes no time. */
export const ScenarioSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 300 })),
    format: Type.Literal('project-devops/scenario@1'),
    id: ClassIdSchema,
    title: TextSchema,
    situation: TextSchema,
    goal: TextSchema,
    durationSeconds: Type.Number({ minimum: 10, maximum: 86_400 }),
    /** How many seconds of play pass in an hour of game time, in which running costs are stated. */
    secondsPerGameHour: Type.Number({ minimum: 1, maximum: 3_600 }),
    startingMoney: money,
    /** Bankrupt when money falls below this. */
    bankruptcyFloor: Type.Number({ minimum: -1e9, maximum: 1e9 }),
    topology: TopologySchema,
    shop: Type.Array(Type.Enum([...NODE_KINDS]), { uniqueItems: true, maxItems: 100 }),
    classes: recordOf(ClassIdSchema, RequestClassSchema, {
      minProperties: 1,
      maxProperties: 32,
      ...closed,
    }),
    /** Shares of the classes, from each time on (not interpolated); shares need not add up to one. */
    mix: Type.Array(
      Type.Object(
        {
          atSeconds: seconds,
          shares: recordOf(ClassIdSchema, Type.Number({ minimum: 0, maximum: 1e6 }), {
            maxProperties: 32,
            ...closed,
          }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 50 },
    ),
    /** The data behind the operations: how many items are read, and how unequally (Zipf). */
    data: Type.Object(
      {
        items: Type.Integer({ minimum: 1, maximum: 200_000 }),
        zipfExponent: Type.Number({ minimum: 0, maximum: 3 }),
        /** Rows that writes contend for, and how unequally. */
        hotRows: Type.Integer({ minimum: 1, maximum: 100_000 }),
        hotRowExponent: Type.Number({ minimum: 0, maximum: 3 }),
      },
      closed,
    ),
    users: UsersSchema,
    /** Multiplies the offered load over time. */
    traffic: CurveSchema,
    arrivals: Type.Enum(['poisson', 'uniform']),
    events: Type.Array(ScenarioEventSchema, { maxItems: 100 }),
    objective: Type.Object(
      {
        /** Error ratio up to which the service counts as up. */
        maxErrorRatio: ratio,
        /** The error gauge fills in this time at twice the ratio or more, and empties in this time at none. */
        gaugeSeconds: Type.Number({ minimum: 1, maximum: 3_600 }),
      },
      closed,
    ),
    scoring: ScoringSchema,
    /** What breaks by itself, in seconds of operation. */
    faults: Type.Optional(Type.Array(FaultSchema, { maxItems: MAX_FAULTS })),
    /** What Development has to deploy. */
    releases: Type.Optional(Type.Array(ReleaseSchema, { maxItems: 50 })),
    /** Whether the player may bring about faults. */
    drills: Type.Optional(Type.Boolean()),
  },
  closed,
);
export interface Scenario
  extends Omit<Static<typeof ScenarioSchema>, 'topology' | 'shop' | 'classes' | 'faults'> {
  readonly topology: Topology;
  readonly faults?: readonly Fault[];
  readonly shop: readonly NodeKind[];
  readonly classes: Readonly<Record<string, RequestClass>>;
}
