import type { Static } from 'typebox';
import * as Type from 'typebox';
import { ClassIdSchema, NodeIdSchema } from './ids.ts';
import { recordOf } from './named-values.ts';
import { DemandSchema } from './profile.ts';
import { ScenarioSchema } from './scenario.ts';
import { APPLICATION_OPERATIONS } from './vocabulary.ts';

const closed = { additionalProperties: false };
const count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const milliseconds = Type.Number({ minimum: 1, maximum: 3_600_000 });
const host = Type.String({ minLength: 1, maxLength: 253 });

/** What the sandbox service is told in the variable CONFIGURATION (JSON), at its start and on `configure`. Hosts are names on the session's network. */
export const ServiceConfigurationSchema = Type.Object(
  {
    node: NodeIdSchema,
    classes: recordOf(
      ClassIdSchema,
      Type.Object(
        {
          operations: Type.Array(Type.Enum([...APPLICATION_OPERATIONS]), {
            minItems: 1,
            maxItems: 16,
          }),
          onTimeMs: milliseconds,
          timeoutMs: milliseconds,
        },
        closed,
      ),
      closed,
    ),
    /** CPU time per operation in the service itself, and per query in the database. */
    demands: Type.Object(
      {
        static: DemandSchema,
        read: DemandSchema,
        write: DemandSchema,
        compute: DemandSchema,
        'sql-read': DemandSchema,
        'sql-write': DemandSchema,
      },
      closed,
    ),
    /** Rounds of the native work that take a millisecond of CPU time on this machine. */
    roundsPerMs: Type.Number({ exclusiveMinimum: 0, maximum: 1e7 }),
    /** Table rows that a query reads in a millisecond of CPU time on this machine. */
    rowsPerMs: Type.Number({ exclusiveMinimum: 0, maximum: 1e7 }),
    /** Bursts of work that run at once (the size's whole cores, at least one). */
    workers: Type.Integer({ minimum: 1, maximum: 64 }),
    /** Requests held at once; one more is turned away with cause queue-full. */
    backlog: count,
    pool: Type.Object(
      { size: Type.Integer({ minimum: 1, maximum: 1_000 }), timeoutMs: milliseconds },
      closed,
    ),
    lockTimeoutMs: milliseconds,
    /** The database that takes writes; null when none is linked: writes fail with cause no-route. */
    writes: Type.Union([Type.Object({ node: NodeIdSchema, host }, closed), Type.Null()]),
    /** The databases that answer reads, by turns. */
    reads: Type.Array(Type.Object({ node: NodeIdSchema, host }, closed), { maxItems: 500 }),
    /** Asked first (lazy loading), by the item's number; empty: no cache. */
    caches: Type.Array(Type.Object({ node: NodeIdSchema, host }, closed), { maxItems: 500 }),
    /** Length of a cached value. */
    valueBytes: count,
    data: ScenarioSchema.properties.data,
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
  },
  closed,
);
export type ServiceConfiguration = Static<typeof ServiceConfigurationSchema>;

/** What the exporter is told: the stores it watches for Prometheus. */
export const ExporterConfigurationSchema = Type.Object(
  {
    stores: Type.Array(
      Type.Object(
        {
          node: NodeIdSchema,
          host,
          kind: Type.Enum(['sql-primary', 'sql-replica', 'cache']),
        },
        closed,
      ),
      { maxItems: 500 },
    ),
  },
  closed,
);
export type ExporterConfiguration = Static<typeof ExporterConfigurationSchema>;

/** What a k6 generation is told in the variable LOAD_PLAN (JSON): an open-loop load, evenly spaced. */
export const LoadPlanSchema = Type.Object(
  {
    generation: count,
    /** Address of the entry, such as http://balancer:8080. */
    target: Type.String({ maxLength: 300 }),
    classes: recordOf(
      ClassIdSchema,
      Type.Object({ onTimeMs: milliseconds, timeoutMs: milliseconds }, closed),
      closed,
    ),
    /** Shares of the classes from each time on, seconds since the generation's beginning. */
    mix: Type.Array(
      Type.Object(
        {
          atSeconds: Type.Number({ minimum: 0 }),
          shares: recordOf(ClassIdSchema, Type.Number({ minimum: 0 }), closed),
        },
        closed,
      ),
      { minItems: 1, maxItems: 100 },
    ),
    /** Constant rates one after the other. */
    steps: Type.Array(
      Type.Object(
        {
          seconds: Type.Number({ exclusiveMinimum: 0, maximum: 86_400 }),
          ratePerSecond: Type.Number({ minimum: 0, maximum: 10_000 }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 5_000 },
    ),
    /** Virtual users made before the beginning; more are never made. */
    virtualUsers: Type.Integer({ minimum: 1, maximum: 10_000 }),
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
  },
  closed,
);
export type LoadPlan = Static<typeof LoadPlanSchema>;

/** What k6 is told while it runs: a plan, or no load at all, from an instant on (Unix ms). */
export interface LoadOrder {
  readonly plan: LoadPlan | null;
  readonly beginMs: number;
}

/** The native work that stands for CPU time in the sandbox service: PBKDF2 with these parameters, its amount set by the rounds. */
export const NATIVE_WORK = {
  password: 'project-devops',
  salt: 'sandbox',
  keyBytes: 32,
  digest: 'sha256',
} as const;
