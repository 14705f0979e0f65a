import type { Static } from 'typebox';
import * as Type from 'typebox';
import { ClassIdSchema, NodeIdSchema } from './ids.ts';
import { linkKey } from './link-key.ts';
import type { NodeKind } from './topology.ts';
import { MAX_NODES, ZONES } from './vocabulary.ts';

const closed = { additionalProperties: false };

const onNode = Type.Object({ node: NodeIdSchema }, closed);
const onLink = Type.Object(
  { link: Type.Object({ from: NodeIdSchema, to: NodeIdSchema }, closed) },
  closed,
);
const onZone = Type.Object({ zone: Type.Enum([...ZONES]) }, closed);
/** Nodes that are cut off from all others, the clients among them. */
const onGroup = Type.Object(
  { nodes: Type.Array(NodeIdSchema, { minItems: 1, maxItems: MAX_NODES, uniqueItems: true }) },
  closed,
);

const id = ClassIdSchema;
/** Null: until it is repaired, or for ever. */
const durationSeconds = Type.Union([Type.Number({ minimum: 0.001, maximum: 86_400 }), Type.Null()]);
const mib = Type.Number({ minimum: 0, maximum: 1_000_000 });

/** One schema a kind of fault: what it strikes and how hard. */
const FAULT_SCHEMAS = {
  /** The program is gone: its requests are lost, and calls fail with `node-down`. At its end the node starts up; a restart repairs it before. */
  crash: Type.Object({ kind: Type.Literal('crash'), id, target: onNode, durationSeconds }, closed),
  /** The node drops what it holds and starts up again. */
  restart: Type.Object({ kind: Type.Literal('restart'), id, target: onNode }, closed),
  /** Work takes `factor` times the CPU time. */
  slow: Type.Object(
    {
      kind: Type.Literal('slow'),
      id,
      target: onNode,
      factor: Type.Number({ minimum: 1, maximum: 1_000 }),
      durationSeconds,
    },
    closed,
  ),
  /**
   * Memory is lost with each request and each second. A node whose memory is full is killed
   * (`out-of-memory`), starts up again and leaks anew. The player's restart repairs it.
   */
  leak: Type.Object(
    {
      kind: Type.Literal('leak'),
      id,
      target: onNode,
      mibPerRequest: mib,
      mibPerSecond: mib,
      durationSeconds,
    },
    closed,
  ),
  /** All packets over a link, or between a group of nodes and all others, are lost: calls time out, none is refused. */
  partition: Type.Object(
    {
      kind: Type.Literal('partition'),
      id,
      target: Type.Union([onLink, onGroup]),
      durationSeconds,
    },
    closed,
  ),
  /** A share of a link's packets, of calls and of answers, is lost; each loss costs a retransmission time-out. */
  loss: Type.Object(
    {
      kind: Type.Literal('loss'),
      id,
      target: onLink,
      ratio: Type.Number({ minimum: 0, maximum: 1 }),
      durationSeconds,
    },
    closed,
  ),
  /** Every node of the zone is down, and none can be started before the end. */
  'zone-loss': Type.Object(
    { kind: Type.Literal('zone-loss'), id, target: onZone, durationSeconds },
    closed,
  ),
  /** Spot nodes are taken away half a minute after they were told; they start up again at the end. */
  'spot-interruption': Type.Object(
    {
      kind: Type.Literal('spot-interruption'),
      id,
      target: Type.Union([onNode, onZone]),
      durationSeconds,
    },
    closed,
  ),
  /** A database or queue takes no writes (`disk-full`); it still reads, and a replica still repeats what it is sent. */
  'full-disk': Type.Object(
    { kind: Type.Literal('full-disk'), id, target: onNode, durationSeconds },
    closed,
  ),
  /**
   * All disks of a node, or of every node in a zone, are lost with the data on them; in a zone its snapshots as well. A
   * struck node is down until its data is restored, see `BACKUP_OPTIONS`; without a copy it comes back empty.
   */
  'disk-loss': Type.Object(
    { kind: Type.Literal('disk-loss'), id, target: Type.Union([onNode, onZone]) },
    closed,
  ),
  /**
   * The node's own clock is ahead (or behind, below zero): what it keeps for a time to live ages by that
   * clock, and a replica measures its lag by it. Nothing else asks a node for the time.
   */
  'clock-skew': Type.Object(
    {
      kind: Type.Literal('clock-skew'),
      id,
      target: onNode,
      offsetSeconds: Type.Number({ minimum: -3_600, maximum: 3_600 }),
      durationSeconds,
    },
    closed,
  ),
} as const;

export type FaultKind = keyof typeof FAULT_SCHEMAS;
export const FAULT_KINDS = Object.keys(FAULT_SCHEMAS) as readonly FaultKind[];

/** A fault without its beginning, as a player brings it about in a drill. */
export type Drill = { [K in FaultKind]: Static<(typeof FAULT_SCHEMAS)[K]> }[FaultKind];
export const DrillSchema = Type.Union(Object.values(FAULT_SCHEMAS), { discriminator: 'kind' });

/** A fault of a scenario; it begins `atSeconds` of operation. */
export type Fault = Drill & { readonly atSeconds: number };
export const FaultSchema = Type.Union(
  Object.values(FAULT_SCHEMAS).map(({ properties }) =>
    Type.Object({ ...properties, atSeconds: Type.Number({ minimum: 0, maximum: 86_400 }) }, closed),
  ),
  { discriminator: 'kind' },
);
export const MAX_FAULTS = 200;

/** What a fault strikes, in words for a log: ids of nodes, a link's key, or a zone. */
export function faultTarget({ target }: Drill): string {
  if ('node' in target) return target.node;
  if ('link' in target) return linkKey(target.link);
  return 'zone' in target ? target.zone : target.nodes.join(', ');
}

/** How long a fault lasts in seconds; null when nobody knows beforehand, zero for what is over at once. */
export function faultSeconds(fault: Drill): number | null {
  if (fault.kind === 'disk-loss') return null;
  return fault.kind === 'restart' ? 0 : fault.durationSeconds;
}

/** Kinds that keep data on disks of their own, which may be lost. */
export const DATA_KINDS: readonly NodeKind[] = ['sql-primary', 'sql-replica', 'nosql', 'queue'];
