import type { Static } from 'typebox';
import * as Type from 'typebox';
import { NodeIdSchema } from './ids.ts';
import {
  BALANCING_POLICIES,
  EVICTION_POLICIES,
  MAX_LINKS,
  MAX_NODES,
  SIZES,
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
const sized = { ...common, size: SizeSchema };
const closed = { additionalProperties: false };

/** One schema a node kind. A kind is added here first; the compiler then names every map that lacks it. */
export const NODE_SCHEMAS = {
  clients: Type.Object({ kind: Type.Literal('clients'), ...common }, closed),
  'load-balancer': Type.Object(
    {
      kind: Type.Literal('load-balancer'),
      ...sized,
      policy: Type.Enum([...BALANCING_POLICIES], { default: 'round-robin' }),
    },
    closed,
  ),
  'vm-basic': Type.Object({ kind: Type.Literal('vm-basic'), ...sized }, closed),
  'sql-primary': Type.Object({ kind: Type.Literal('sql-primary'), ...sized }, closed),
  'sql-replica': Type.Object({ kind: Type.Literal('sql-replica'), ...sized }, closed),
  cache: Type.Object(
    {
      kind: Type.Literal('cache'),
      ...sized,
      eviction: Type.Enum([...EVICTION_POLICIES], { default: 'lru' }),
    },
    closed,
  ),
} as const;

export type NodeKind = keyof typeof NODE_SCHEMAS;
export const NODE_KINDS = Object.keys(NODE_SCHEMAS) as readonly NodeKind[];
export type NodeOf<K extends NodeKind> = Static<(typeof NODE_SCHEMAS)[K]>;
export type TopologyNode = { [K in NodeKind]: NodeOf<K> }[NodeKind];

export const NodeSchema = Type.Union(Object.values(NODE_SCHEMAS), { discriminator: 'kind' });

export const LinkSchema = Type.Object({ from: NodeIdSchema, to: NodeIdSchema }, closed);
export type Link = Static<typeof LinkSchema>;

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
