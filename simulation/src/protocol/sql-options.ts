import type { Static } from 'typebox';
import * as Type from 'typebox';

/**
 * How a database is split over machines of its size, each with its own CPU, connections and locks. By `key`
 * (horizontal): each row is on the shard that a hash of it says. By `class` (vertical): each class of requests has
 * its tables on one shard, dealt in the order in which the scenario names the classes.
 */
export const ShardsSchema = Type.Object(
  { by: Type.Enum(['key', 'class']), count: Type.Integer({ minimum: 2, maximum: 16 }) },
  { additionalProperties: false },
);
export type Shards = Static<typeof ShardsSchema>;

/** Options of a database that takes writes. */
export const SQL_PRIMARY_OPTIONS = {
  /** Null: everything is on one machine. */
  shards: Type.Optional(Type.Union([ShardsSchema, Type.Null()], { default: null })),
  /** Whether a write is answered only when it is on disk; otherwise a crash loses the latest. */
  synchronousCommit: Type.Optional(Type.Boolean({ default: false })),
  /** Whether a write is answered only when a replica has applied it; which one is the first that is linked. */
  synchronousReplication: Type.Optional(Type.Boolean({ default: false })),
};
