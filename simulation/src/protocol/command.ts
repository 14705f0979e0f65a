import type { Static } from 'typebox';
import * as Type from 'typebox';
import { NodeIdSchema } from './ids.ts';
import { NodeSchema, PositionSchema, SizeSchema, type TopologyNode } from './topology.ts';
import type { RefusalCode } from './vocabulary.ts';
import { BALANCING_POLICIES, EVICTION_POLICIES } from './vocabulary.ts';

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
          policy: Type.Optional(Type.Enum([...BALANCING_POLICIES])),
          eviction: Type.Optional(Type.Enum([...EVICTION_POLICIES])),
        },
        closed,
      ),
    },
    closed,
  ),
  /** Drops what the node holds; it serves again after its start-up time. */
  'restart-node': Type.Object({ type: Type.Literal('restart-node'), id: NodeIdSchema }, closed),
} as const;

export type CommandType = keyof typeof COMMAND_SCHEMAS;
type CommandOf<T extends CommandType> = Static<(typeof COMMAND_SCHEMAS)[T]>;
export type Command =
  | { readonly type: 'place-node'; readonly node: TopologyNode }
  | { [T in Exclude<CommandType, 'place-node'>]: CommandOf<T> }[Exclude<CommandType, 'place-node'>];

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
