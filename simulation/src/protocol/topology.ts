import type { Static } from 'typebox';
import * as Type from 'typebox';
import { BACKUP_OPTIONS } from './backup-options.ts';
import {
  CONTAINER_OPTIONS,
  SERVERLESS_OPTIONS,
  SOCKET_GATEWAY_OPTIONS,
} from './compute-options.ts';
import { BALANCER_OPTIONS, FIREWALL_OPTIONS, GATEWAY_OPTIONS } from './entrance-options.ts';
import { NodeIdSchema } from './ids.ts';
import { CallOptionsSchema } from './link-options.ts';
import { QUEUE_OPTIONS, WORKER_OPTIONS } from './message-options.ts';
import { MONITORING_OPTIONS } from './monitoring-options.ts';
import { VersionSchema } from './release.ts';
import { SHEDDING_OPTIONS } from './shedding-options.ts';
import { SQL_PRIMARY_OPTIONS } from './sql-options.ts';
import { CACHE_OPTIONS, CDN_OPTIONS, NOSQL_OPTIONS } from './store-options.ts';
import {
  EVICTION_POLICIES,
  MAX_LINKS,
  MAX_NODES,
  PURCHASES,
  SIZES,
  ZONES,
  type Zone,
} from './vocabulary.ts';

export const SizeSchema = Type.Enum([...SIZES]);

/** Board coordinates of a node's centre, in board units (1 unit = 1 CSS pixel at zoom 1). */
export const PositionSchema = Type.Object(
  {
    x: Type.Number({ minimum: -20_000, maximum: 20_000 }),
    y: Type.Number({ minimum: -20_000, maximum: 20_000 }),
  },
  { additionalProperties: false },
);
export type Position = Static<typeof PositionSchema>;

const common = { id: NodeIdSchema, position: PositionSchema };
const sized = {
  ...common,
  size: SizeSchema,
  /** Where it stands; absent: the first zone. */
  zone: Type.Optional(Type.Enum([...ZONES])),
  /** Absent: on demand. */
  purchase: Type.Optional(Type.Enum([...PURCHASES])),
};
const application = {
  ...sized,
  /** The release that it runs; absent: the one without a name. */
  version: Type.Optional(VersionSchema),
};
const closed = { additionalProperties: false };

/** One schema a node kind. A kind is added here first; the compiler then names every map that lacks it. */
export const NODE_SCHEMAS = {
  clients: Type.Object({ kind: Type.Literal('clients'), ...common }, closed),
  'load-balancer': Type.Object(
    {
      kind: Type.Literal('load-balancer'),
      ...sized,
      ...BALANCER_OPTIONS,
    },
    closed,
  ),
  'api-gateway': Type.Object(
    { kind: Type.Literal('api-gateway'), ...sized, ...GATEWAY_OPTIONS },
    closed,
  ),
  waf: Type.Object({ kind: Type.Literal('waf'), ...sized, ...FIREWALL_OPTIONS }, closed),
  'vm-basic': Type.Object(
    { kind: Type.Literal('vm-basic'), ...application, ...SHEDDING_OPTIONS },
    closed,
  ),
  'vm-high-cpu': Type.Object(
    { kind: Type.Literal('vm-high-cpu'), ...application, ...SHEDDING_OPTIONS },
    closed,
  ),
  serverless: Type.Object(
    { kind: Type.Literal('serverless'), ...application, ...SERVERLESS_OPTIONS },
    closed,
  ),
  container: Type.Object(
    { kind: Type.Literal('container'), ...application, ...CONTAINER_OPTIONS },
    closed,
  ),
  'socket-gateway': Type.Object(
    { kind: Type.Literal('socket-gateway'), ...sized, ...SOCKET_GATEWAY_OPTIONS },
    closed,
  ),
  'sql-primary': Type.Object(
    { kind: Type.Literal('sql-primary'), ...sized, ...SQL_PRIMARY_OPTIONS, ...BACKUP_OPTIONS },
    closed,
  ),
  'sql-replica': Type.Object({ kind: Type.Literal('sql-replica'), ...sized }, closed),
  cache: Type.Object(
    {
      kind: Type.Literal('cache'),
      ...sized,
      eviction: Type.Enum([...EVICTION_POLICIES], { default: 'lru' }),
      ...CACHE_OPTIONS,
    },
    closed,
  ),
  cdn: Type.Object({ kind: Type.Literal('cdn'), ...sized, ...CDN_OPTIONS }, closed),
  nosql: Type.Object(
    { kind: Type.Literal('nosql'), ...sized, ...NOSQL_OPTIONS, ...BACKUP_OPTIONS },
    closed,
  ),
  queue: Type.Object({ kind: Type.Literal('queue'), ...sized, ...QUEUE_OPTIONS }, closed),
  worker: Type.Object({ kind: Type.Literal('worker'), ...application, ...WORKER_OPTIONS }, closed),
  monitoring: Type.Object(
    { kind: Type.Literal('monitoring'), ...sized, ...MONITORING_OPTIONS },
    closed,
  ),
} as const;

export type NodeKind = keyof typeof NODE_SCHEMAS;
export const NODE_KINDS = Object.keys(NODE_SCHEMAS) as readonly NodeKind[];
export type NodeOf<K extends NodeKind> = Static<(typeof NODE_SCHEMAS)[K]>;
export type TopologyNode = { [K in NodeKind]: NodeOf<K> }[NodeKind];

/** The zone a node stands in; null for the clients, who are everywhere. */
export function zoneOf(node: TopologyNode): Zone | null {
  return node.kind === 'clients' ? null : (node.zone ?? ZONES[0]);
}

export const NodeSchema = Type.Union(Object.values(NODE_SCHEMAS), { discriminator: 'kind' });

/** What a link may say about the calls over it. */
const linkOptions = {
  /** Share of a balancer's requests beside its other links; only on links from a load balancer, 1 unless given. */
  weight: Type.Integer({ minimum: 1, maximum: 100 }),
  calls: CallOptionsSchema,
};

export const LinkSchema = Type.Object(
  {
    from: NodeIdSchema,
    to: NodeIdSchema,
    weight: Type.Optional(linkOptions.weight),
    calls: Type.Optional(linkOptions.calls),
  },
  closed,
);
export type Link = Static<typeof LinkSchema>;

/** Options of a link as a command sets them; null takes one away. */
export const LinkChangesSchema = Type.Object(
  {
    weight: Type.Optional(Type.Union([linkOptions.weight, Type.Null()])),
    calls: Type.Optional(Type.Union([linkOptions.calls, Type.Null()])),
  },
  { ...closed, minProperties: 1 },
);
export type LinkChanges = Static<typeof LinkChangesSchema>;

/** What stands on the board: nodes and directed links (requests flow from `from` to `to`). */
export const TopologySchema = Type.Object(
  {
    nodes: Type.Array(NodeSchema, { maxItems: MAX_NODES }),
    links: Type.Array(LinkSchema, { maxItems: MAX_LINKS }),
  },
  closed,
);
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly links: readonly Link[];
}

/** A topology file written by hand: the topology with the schema's address and the format's version on top. */
export const TopologyFileSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 300 })),
    format: Type.Literal('project-devops/topology@1'),
    nodes: TopologySchema.properties.nodes,
    links: TopologySchema.properties.links,
  },
  closed,
);
export interface TopologyFile extends Topology {
  readonly $schema?: string;
  readonly format: 'project-devops/topology@1';
}
