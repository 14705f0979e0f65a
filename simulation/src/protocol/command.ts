import type { Static } from 'typebox';
import * as Type from 'typebox';
import { BACKUP_OPTIONS } from './backup-options.ts';
import {
  CONTAINER_OPTIONS,
  SERVERLESS_OPTIONS,
  SOCKET_GATEWAY_OPTIONS,
} from './compute-options.ts';
import { BALANCER_OPTIONS, FIREWALL_OPTIONS, GATEWAY_OPTIONS } from './entrance-options.ts';
import { type Drill, DrillSchema } from './fault.ts';
import { NodeIdSchema } from './ids.ts';
import { QUEUE_OPTIONS, WORKER_OPTIONS } from './message-options.ts';
import { MONITORING_OPTIONS } from './monitoring-options.ts';
import { STRATEGIES, VersionSchema, WATCH_SECONDS } from './release.ts';
import { SHEDDING_OPTIONS } from './shedding-options.ts';
import { SQL_PRIMARY_OPTIONS } from './sql-options.ts';
import { CACHE_OPTIONS, CDN_OPTIONS, NOSQL_OPTIONS } from './store-options.ts';
import {
  LinkChangesSchema,
  NodeSchema,
  PositionSchema,
  SizeSchema,
  type TopologyNode,
} from './topology.ts';
import type { RefusalCode } from './vocabulary.ts';
import { EVICTION_POLICIES, MAX_NODES } from './vocabulary.ts';

const closed = { additionalProperties: false };

/** What a player can do, one schema a command. Nothing else changes a run. */
export const COMMAND_SCHEMAS = {
  /** Leave the setup phase: traffic starts. */
  'start-operation': Type.Object({ type: Type.Literal('start-operation') }, closed),
  'place-node': Type.Object({ type: Type.Literal('place-node'), node: NodeSchema }, closed),
  'remove-node': Type.Object({ type: Type.Literal('remove-node'), id: NodeIdSchema }, closed),
  'move-node': Type.Object(
    { type: Type.Literal('move-node'), id: NodeIdSchema, position: PositionSchema },
    closed,
  ),
  connect: Type.Object(
    { type: Type.Literal('connect'), from: NodeIdSchema, to: NodeIdSchema },
    closed,
  ),
  disconnect: Type.Object(
    { type: Type.Literal('disconnect'), from: NodeIdSchema, to: NodeIdSchema },
    closed,
  ),
  /** Sets or takes away what a link says about the calls over it. */
  'configure-link': Type.Object(
    {
      type: Type.Literal('configure-link'),
      from: NodeIdSchema,
      to: NodeIdSchema,
      options: LinkChangesSchema,
    },
    closed,
  ),
  /** Scale up or down: replace the size in place. */
  'resize-node': Type.Object(
    { type: Type.Literal('resize-node'), id: NodeIdSchema, size: SizeSchema },
    closed,
  ),
  /** Scale out: buy a copy, linked as the original is. */
  'clone-node': Type.Object(
    {
      type: Type.Literal('clone-node'),
      id: NodeIdSchema,
      newId: NodeIdSchema,
      position: PositionSchema,
    },
    closed,
  ),
  'configure-node': Type.Object(
    {
      type: Type.Literal('configure-node'),
      id: NodeIdSchema,
      options: Type.Object(
        {
          policy: Type.Optional(BALANCER_OPTIONS.policy),
          healthCheck: BALANCER_OPTIONS.healthCheck,
          ...GATEWAY_OPTIONS,
          ...FIREWALL_OPTIONS,
          eviction: Type.Optional(Type.Enum([...EVICTION_POLICIES])),
          ...CACHE_OPTIONS,
          ...SERVERLESS_OPTIONS,
          ...CONTAINER_OPTIONS,
          ...SOCKET_GATEWAY_OPTIONS,
          ...QUEUE_OPTIONS,
          ...WORKER_OPTIONS,
          ...CDN_OPTIONS,
          ...NOSQL_OPTIONS,
          ...SQL_PRIMARY_OPTIONS,
          ...BACKUP_OPTIONS,
          ...SHEDDING_OPTIONS,
          ...MONITORING_OPTIONS,
        },
        closed,
      ),
    },
    closed,
  ),
  /** Failover: the replica takes its primary's place; what it has not applied is lost. */
  'promote-replica': Type.Object(
    { type: Type.Literal('promote-replica'), id: NodeIdSchema },
    closed,
  ),
  /** Drops what the node holds; it serves again after its start-up time. */
  'restart-node': Type.Object({ type: Type.Literal('restart-node'), id: NodeIdSchema }, closed),
  /** A drill: a fault begins now. Only where the scenario allows drills. */
  'inject-fault': Type.Object({ type: Type.Literal('inject-fault'), fault: DrillSchema }, closed),
  /** Brings an offered release to nodes. */
  deploy: Type.Object(
    {
      type: Type.Literal('deploy'),
      version: VersionSchema,
      nodes: Type.Array(NodeIdSchema, { minItems: 1, maxItems: MAX_NODES, uniqueItems: true }),
      strategy: Type.Enum([...STRATEGIES]),
      /** How long a canary is watched, or the replaced set of a blue-green deployment is kept. */
      watchSeconds: Type.Optional(
        Type.Number({ minimum: WATCH_SECONDS.min, maximum: WATCH_SECONDS.max }),
      ),
    },
    closed,
  ),
  /** Takes the latest deployment back. */
  'roll-back': Type.Object({ type: Type.Literal('roll-back') }, closed),
} as const;

export type CommandType = keyof typeof COMMAND_SCHEMAS;
/** Commands whose type follows from their schema; that of a union of schemas does not. */
type PlainType = Exclude<CommandType, 'place-node' | 'inject-fault'>;
type CommandOf<T extends CommandType> = Static<(typeof COMMAND_SCHEMAS)[T]>;
export type Command =
  | { readonly type: 'place-node'; readonly node: TopologyNode }
  | { readonly type: 'inject-fault'; readonly fault: Drill }
  | { [T in PlainType]: CommandOf<T> }[PlainType];

export const CommandSchema = Type.Union(Object.values(COMMAND_SCHEMAS), { discriminator: 'type' });

/** A command with the simulated time at which it was accepted; a run is the list of these. */
export const RecordedCommandSchema = Type.Object(
  { atMs: Type.Number({ minimum: 0, maximum: 86_400_000 }), command: CommandSchema },
  closed,
);
export interface RecordedCommand {
  readonly atMs: number;
  readonly command: Command;
}

/** A refusal: a code, the id it is about (a node's or a link's), and figures for the message. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly subject?: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

export type DispatchResult =
  /** `undo`: the commands that take the accepted one back, in order; empty when nothing can. */
  | { readonly ok: true; readonly undo: readonly Command[] }
  | { readonly ok: false; readonly refusal: Refusal };
