/** Words that files, events and screens share. They stand apart from the schemas, so that a page may use them alone. */

/** Machine sizes; what a size gives is stated once, in `components/catalog.ts`. */
export const SIZES = ['S', 'M', 'L', 'XL'] as const;
export type Size = (typeof SIZES)[number];

export const BALANCING_POLICIES = ['round-robin', 'least-connections'] as const;
export type BalancingPolicy = (typeof BALANCING_POLICIES)[number];

export const EVICTION_POLICIES = ['lru'] as const;
export type EvictionPolicy = (typeof EVICTION_POLICIES)[number];

export const MAX_NODES = 500;
export const MAX_LINKS = 2_000;

/** What a request is made of. */
export const OPERATIONS = ['static', 'read', 'write', 'compute'] as const;
export type Operation = (typeof OPERATIONS)[number];

export const DEPARTMENTS = ['system', 'pm', 'marketing', 'development'] as const;
export type Department = (typeof DEPARTMENTS)[number];

/** Why a request was not served. `dependency-failed`: a node behind this one dropped it and carries the cause. */
export const CAUSES = [
  'queue-full',
  'time-out',
  'connection-refused',
  'pool-exhausted',
  'lock-time-out',
  'no-route',
  'node-down',
  'dependency-failed',
] as const;
export type Cause = (typeof CAUSES)[number];

/** The id of the row that describes whole requests as the clients see them. */
export const END_TO_END = '*';

/** Why a command was refused. */
export const REFUSAL_CODES = [
  'unknown-node',
  'duplicate-node',
  'too-many-nodes',
  'not-for-sale',
  'not-enough-money',
  'same-node',
  'duplicate-link',
  'unknown-link',
  'too-many-links',
  'link-not-allowed',
  'no-connections-left',
  'unchanged',
  'not-removable',
  'not-resizable',
  'not-restartable',
  'option-not-supported',
  'already-started',
  'stage-over',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Whose windows the rules (users, money, error gauge) read in real mode. */
export const JUDGES = ['prediction', 'reality'] as const;
export type Judge = (typeof JUDGES)[number];
