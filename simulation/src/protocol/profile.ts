import type { Static } from 'typebox';
import * as Type from 'typebox';
import { recordOf, someOf } from './named-values.ts';
import { NODE_KINDS } from './topology.ts';

const closed = { additionalProperties: false };
const milliseconds = Type.Number({ minimum: 0, maximum: 60_000 });
const backgroundMs = Type.Number({ minimum: 0, maximum: 1_000 });

/** CPU time one piece of work takes: mean in milliseconds and coefficient of variation (0 constant, 1 exponential). */
export const DemandSchema = Type.Object(
  { meanMs: milliseconds, cv: Type.Number({ minimum: 0, maximum: 10 }) },
  closed,
);
export type Demand = Static<typeof DemandSchema>;

/** The pieces of work a calibration measures and every profile states, named by where the CPU time is spent and for what. */
export const CALIBRATED_WORKS = [
  'balancer-request',
  'app-static',
  'app-read',
  'app-write',
  'app-compute',
  'sql-read',
  'sql-write',
  'sql-apply',
  'cache-get',
  'cache-set',
] as const;
export type CalibratedWork = (typeof CALIBRATED_WORKS)[number];

/** Works of kinds without containers; a profile that leaves one out takes the game cloud's figure. */
export const SIMULATED_WORKS = [
  'gateway-request',
  'waf-request',
  'high-cpu-compute',
  'socket-message',
  'cdn-request',
  'nosql-key-read',
  'nosql-document-read',
  'nosql-graph-read',
  'nosql-write',
  'app-produce',
  'queue-append',
  'queue-deliver',
  'worker-commit',
  'sql-flush',
  'sql-commit',
  'monitoring-scrape',
] as const;

export const WORKS = [...CALIBRATED_WORKS, ...SIMULATED_WORKS] as const;
export type Work = (typeof WORKS)[number];

/** What a calibration found besides the demands themselves. */
export const ProfileMeasurementSchema = Type.Object(
  {
    /** Rounds of the service's native work in a millisecond of CPU time. */
    roundsPerMs: Type.Number({ exclusiveMinimum: 0, maximum: 1e7 }),
    /** Rows that a database reads in a millisecond of CPU time. */
    rowsPerMs: Type.Number({ exclusiveMinimum: 0, maximum: 1e7 }),
    /** Half width of each mean demand's 95 % interval, in milliseconds. */
    intervalsMs: someOf(CALIBRATED_WORKS, milliseconds, closed),
    hardware: Type.Object(
      {
        cpu: Type.String({ maxLength: 200 }),
        cores: Type.Integer({ minimum: 1, maximum: 1_024 }),
        memoryMiB: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
      },
      closed,
    ),
    /** Versions of the images that were measured. */
    versions: recordOf(Type.String({ maxLength: 80 }), Type.String({ maxLength: 200 })),
  },
  closed,
);

/** A hardware profile: service demands and latencies of one kind of machine; data, not code. */
export const ProfileSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 300 })),
    format: Type.Literal('project-devops/profile@1'),
    name: Type.String({ minLength: 1, maxLength: 80 }),
    /** When it was measured (ISO 8601 date), absent for the game's own cloud. */
    measuredOn: Type.Optional(Type.String({ maxLength: 40 })),
    demands: Type.Object(
      {
        ...(Object.fromEntries(CALIBRATED_WORKS.map((work) => [work, DemandSchema])) as Record<
          CalibratedWork,
          typeof DemandSchema
        >),
        ...(Object.fromEntries(
          SIMULATED_WORKS.map((work) => [work, Type.Optional(DemandSchema)]),
        ) as Record<
          (typeof SIMULATED_WORKS)[number],
          ReturnType<typeof Type.Optional<typeof DemandSchema>>
        >),
      },
      closed,
    ),
    /** One way over one link. */
    linkLatencyMs: milliseconds,
    /** What one way between two zones takes beyond that; absent: nothing. */
    zoneLatencyMs: Type.Optional(milliseconds),
    /** The period of the CPU quota (cgroup `cpu.max`); a size's limit is spent from a bucket filled once a period. */
    quotaPeriodMs: Type.Number({ minimum: 1, maximum: 1_000 }),
    /** Cores of the host a process-per-connection database may run on at once. */
    hostCores: Type.Integer({ minimum: 1, maximum: 1_024 }),
    /** CPU time in ms that a node of a kind spends each second without any request: scrapes, health checks, clean-up. None where it is not told. */
    backgroundMsPerSecond: Type.Optional(someOf(NODE_KINDS, backgroundMs, closed)),
    /** How the work of real containers is set on this machine, and how sure its measured demands are; absent for the game's own cloud. */
    measurement: Type.Optional(ProfileMeasurementSchema),
  },
  closed,
);
export type Profile = Static<typeof ProfileSchema>;
