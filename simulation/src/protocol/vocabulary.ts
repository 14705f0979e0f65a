/** Words that files, events and screens share. They stand apart from the schemas, so that a page may use them alone. */

/** Machine sizes; what a size gives is stated once, in `components/catalog.ts`. */
export const SIZES = ['S', 'M', 'L', 'XL'] as const;
export type Size = (typeof SIZES)[number];

export const BALANCING_POLICIES = ['round-robin', 'least-connections', 'consistent-hash'] as const;
export type BalancingPolicy = (typeof BALANCING_POLICIES)[number];

/** What a firewall does with a request it flags: count it, or stop it. */
export const FIREWALL_MODES = ['detect', 'block'] as const;
export type FirewallMode = (typeof FIREWALL_MODES)[number];

/** Whether a client can show an API key. */
export const CREDENTIALS = ['key', 'none'] as const;
export type Credential = (typeof CREDENTIALS)[number];

/** What hostile requests are: made to break in, or to use up what the service has. */
export const HOSTILITIES = ['injection', 'flood'] as const;
export type Hostility = (typeof HOSTILITIES)[number];

/** Which item makes room for a new one: the least recently or the least frequently used. */
export const EVICTION_POLICIES = ['lru', 'lfu'] as const;
export type EvictionPolicy = (typeof EVICTION_POLICIES)[number];

/**
 * How an application keeps its cache up to date. `lazy`: a miss fills it, a write takes the item out. `write-through`: a
 * write goes to the database and then into the cache. `write-back`: a write ends in the cache, which writes it
 * to its database later.
 */
export const CACHE_STRATEGIES = ['lazy', 'write-through', 'write-back'] as const;
export type CacheStrategy = (typeof CACHE_STRATEGIES)[number];

/** What a NoSQL database is made for. */
export const NOSQL_MODELS = ['key-value', 'document', 'graph'] as const;
export type NosqlModel = (typeof NOSQL_MODELS)[number];

/**
 * What a class asks of its data. `key`: a record by its key. `document`: an aggregate by what is in it. `relation`: a walk
 * from record to record. `join`: anything across tables, which only SQL answers.
 */
export const QUERIES = ['key', 'document', 'relation', 'join'] as const;
export type Query = (typeof QUERIES)[number];

/** Places of a data centre that fail apart from each other; a node without one stands in the first. */
export const ZONES = ['a', 'b', 'c'] as const;
export type Zone = (typeof ZONES)[number];

/** What a producer waits for: nothing, the log's own append, or the append on the log's followers as well. */
export const ACKNOWLEDGEMENTS = ['none', 'leader', 'all'] as const;
export type Acknowledgement = (typeof ACKNOWLEDGEMENTS)[number];

/**
 * Copies of a node's data, the quicker one first. A snapshot stays on the storage of the node's zone; a backup is copied
 * to another place.
 */
export const COPY_KINDS = ['snapshot', 'backup'] as const;
export type CopyKind = (typeof COPY_KINDS)[number];
/** Where lost data came back from: a copy, or the node that it is replicated from. */
export type RestoreSource = CopyKind | 'replication';

/** How consumers share partitions when one comes or goes: in runs while all stop, or moving few. */
export const REBALANCING_POLICIES = ['range', 'cooperative'] as const;
export type RebalancingPolicy = (typeof REBALANCING_POLICIES)[number];

/** How a node is paid for: by the hour, cheaply but taken away at any time, or cheaply but for long in advance. */
export const PURCHASES = ['on-demand', 'spot', 'reserved'] as const;
export type Purchase = (typeof PURCHASES)[number];

/** Ways in which a request's writes to several databases become one. */
export const CONSISTENCIES = ['two-phase-commit', 'saga', 'outbox'] as const;
export type ConsistencyWay = (typeof CONSISTENCIES)[number];

export const MAX_NODES = 500;
export const MAX_LINKS = 2_000;

/** What an application does for a request. */
export const APPLICATION_OPERATIONS = ['static', 'read', 'write', 'compute'] as const;
export type ApplicationOperation = (typeof APPLICATION_OPERATIONS)[number];

/** What a request is made of; a `message` comes over a long-lived connection, which a socket gateway holds. */
export const OPERATIONS = [...APPLICATION_OPERATIONS, 'message'] as const;
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
  'out-of-memory',
  'breaker-open',
  'bulkhead-full',
  'load-shed',
  'message-too-large',
  'unauthorised',
  'rate-limited',
  'blocked',
  'throttled',
  'defect',
  'disk-full',
  'rolled-back',
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
  'not-promotable',
  'replica-without-primary',
  'drills-not-allowed',
  'duplicate-fault',
  'fault-does-not-fit',
  'node-lost',
  'not-started',
  'not-in-real-mode',
  'unknown-release',
  'not-deployable',
  'deployment-under-way',
  'too-few-nodes',
  'nothing-to-roll-back',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Whose windows the rules (users, money, error gauge) read in real mode. */
export const JUDGES = ['prediction', 'reality'] as const;
export type Judge = (typeof JUDGES)[number];
