import * as Type from 'typebox';
import { CACHE_STRATEGIES, NOSQL_MODELS } from './vocabulary.ts';

/** What the options of caches, CDNs and NoSQL databases are where a node does not say. */
export const CACHE_DEFAULTS = {
  strategy: 'lazy',
  ttlSeconds: null,
  coalescing: false,
  flushSeconds: 1,
} as const;
export const CDN_DEFAULTS = { ttlSeconds: null } as const;
export const NOSQL_DEFAULTS = { model: 'key-value', replicationLagMs: 20 } as const;

const ttlSeconds = Type.Union([Type.Number({ minimum: 0.001, maximum: 86_400 }), Type.Null()], {
  default: CACHE_DEFAULTS.ttlSeconds,
});

/** Options of a `cache`. */
export const CACHE_OPTIONS = {
  strategy: Type.Optional(Type.Enum([...CACHE_STRATEGIES], { default: CACHE_DEFAULTS.strategy })),
  /** How long an item is there after it was filled; null while nothing pushes it out. */
  ttlSeconds: Type.Optional(ttlSeconds),
  /** Of several requests that miss an item at once, one asks the database and the others wait for its answer. */
  coalescing: Type.Optional(Type.Boolean({ default: CACHE_DEFAULTS.coalescing })),
  /** With write-back: how often what is dirty is written to the database. */
  flushSeconds: Type.Optional(
    Type.Number({ minimum: 0.01, maximum: 3_600, default: CACHE_DEFAULTS.flushSeconds }),
  ),
};

/** Options of a `cdn`. */
export const CDN_OPTIONS = { ttlSeconds: Type.Optional(ttlSeconds) };

/** Options of a `nosql` database. */
export const NOSQL_OPTIONS = {
  model: Type.Optional(Type.Enum([...NOSQL_MODELS], { default: NOSQL_DEFAULTS.model })),
  /** How long a write takes to reach the node's other copies, from which most reads are answered. */
  replicationLagMs: Type.Optional(
    Type.Number({ minimum: 0, maximum: 60_000, default: NOSQL_DEFAULTS.replicationLagMs }),
  ),
};
