import type { Cause, Work } from '../protocol/index.ts';

/**
 * What a node does for a request, one step after another. Names refer to the node's own resources and
 * routes; the compiler turns steps into numbers and the interpreter runs them.
 */
export type Step =
  /** Take a token (a connection, a place in the backlog); held until given, or until the node answers. */
  | { readonly do: 'take'; readonly pool: string }
  /** Get a place (an instance, a replica, a user's connection), held like a token; a hit when it was there already. */
  | { readonly do: 'occupy'; readonly places: string }
  /** Be turned away unless the node's rate limit has room. */
  | { readonly do: 'limit' }
  /** Be looked at by the node's inspection, which may turn the request away. */
  | { readonly do: 'inspect'; readonly isHostile: boolean }
  /** Be turned away while the line for the node's CPU is too slow. */
  | { readonly do: 'shed' }
  /** Fail with `disk-full` when the node's disk takes no more. */
  | { readonly do: 'need-disk' }
  /** Be turned away. */
  | { readonly do: 'refuse'; readonly cause: Cause }
  /** Give back what was taken or locked last. */
  | { readonly do: 'give' }
  /** Draw which item is read, or which row is written. */
  | { readonly do: 'draw'; readonly from: 'items' | 'rows' }
  /** Lock the drawn row until it is given back. */
  | { readonly do: 'lock'; readonly table: string }
  /** Spend CPU time. */
  | { readonly do: 'burst'; readonly station: string; readonly work: Work }
  /** Let time pass without the CPU: a start-up, a flush to disk. At most half an hour. */
  | { readonly do: 'delay'; readonly ms: number }
  /** Look the drawn item up; remembered for `unless-hit`, also across the answer to the caller. */
  | { readonly do: 'look-up'; readonly store: string }
  | { readonly do: 'fill'; readonly store: string }
  | { readonly do: 'forget'; readonly store: string }
  | { readonly do: 'unless-hit'; readonly steps: readonly Step[] }
  /**
   * Send a call over a route and wait for the answer. Without a handler the request goes on as itself.
   * An optional call that fails, or finds no ready node, counts as a miss instead of failing the request.
   */
  | {
      readonly do: 'call';
      readonly route: string;
      readonly handler?: Handler;
      readonly optional?: true;
      /** As itself, but for its messages, which are served here: see `withoutMessages`. */
      readonly isRest?: true;
    }
  /** Look the drawn item's lease up after a miss: wait for who fetches it, or fetch it as the caller's part (`Leases.lead`). */
  | { readonly do: 'lease'; readonly table: string }
  /** Give back the lease that an answer has left with the request, if any. */
  | { readonly do: 'give-lease' }
  /** Take a write of the drawn item to be flushed later; a hit, unless there is no room for it. */
  | { readonly do: 'hold-write' }
  /** The held write of the item has reached the database. */
  | { readonly do: 'flushed' }
  /** Read the drawn item from one of the node's copies, or write it to the first of them. */
  | { readonly do: 'read-copy' }
  | { readonly do: 'write-copy' }
  /** Go on with the steps of one of as many shards: by a hash of what was drawn, or by the request's class. */
  | {
      readonly do: 'shard';
      readonly by: 'key' | 'class';
      readonly shards: readonly (readonly Step[])[];
    }
  /** What was taken and locked here stays with the request when it is answered, until its caller gives it back. */
  | { readonly do: 'keep' }
  /** The next call succeeds, as far as is known: a hit, which an optional call that fails turns into a miss. */
  | { readonly do: 'expect-success' }
  /**
   * Write over a route with these steps, again and again until they end with a hit; they must take time. Once
   * the route leads nowhere the write is lost.
   */
  | { readonly do: 'until-hit'; readonly route: string; readonly steps: readonly Step[] }
  /** The request undoes a write it has done. */
  | { readonly do: 'compensated' }
  /** Read the drawn item as this node has it: stale while a write of it is yet to be applied. */
  | { readonly do: 'observe' }
  /** The write of the drawn row is done here: it may be in conflict with a peer's, and is lost in a crash soon after unless durable. */
  | { readonly do: 'commit'; readonly durable: boolean }
  /** Send the write of the drawn row to every node of a route; with `wait`, go on when the first of them has applied it. */
  | { readonly do: 'replicate'; readonly route: string; readonly wait: boolean }
  /** Make a message of so many KiB about the drawn row, to be sent with the next call. */
  | { readonly do: 'compose'; readonly kib: number }
  /** Do these steps as background work of this node, for whose outcome nobody waits. */
  | { readonly do: 'aside'; readonly steps: readonly Step[] }
  /** Append the message to this node's log; the nodes of the route `consumers` will process it some time. */
  | { readonly do: 'append'; readonly consumers: string }
  /** Hand a message of this node's log to its consumer and wait until it is processed. */
  | { readonly do: 'hand-over' }
  /** What the message asks for is done: from now on another delivery of it is a duplicate. */
  | { readonly do: 'take-effect' };

/** What one node can ask of another, besides handling a request class. */
export const HANDLERS = [
  'read',
  'write',
  'apply',
  'get',
  'set',
  'forget',
  'hold',
  'flush',
  'produce',
  'deliver',
  'consume',
  'read-key',
  'read-document',
  'read-relation',
  'prepare',
  'commit-prepared',
  'scrape',
] as const;
export type Handler = (typeof HANDLERS)[number];

export const take = (pool: string): Step => ({ do: 'take', pool });
export const occupy = (places: string): Step => ({ do: 'occupy', places });
/** Where a node sheds load: see the resource `shedding`. */
export const shed: Step = { do: 'shed' };
export const needDisk: Step = { do: 'need-disk' };
export const give: Step = { do: 'give' };
export const limit: Step = { do: 'limit' };
export const inspect = (isHostile: boolean): Step => ({ do: 'inspect', isHostile });
export const refuse = (cause: Cause): Step => ({ do: 'refuse', cause });
export const draw = (from: 'items' | 'rows'): Step => ({ do: 'draw', from });
export const lock = (table: string): Step => ({ do: 'lock', table });
export const burst = (station: string, work: Work): Step => ({ do: 'burst', station, work });
export const delay = (ms: number): Step => ({ do: 'delay', ms });
export const lookUp = (store: string): Step => ({ do: 'look-up', store });
export const fill = (store: string): Step => ({ do: 'fill', store });
export const forget = (store: string): Step => ({ do: 'forget', store });
export const lease = (table: string): Step => ({ do: 'lease', table });
export const giveLease: Step = { do: 'give-lease' };
export const holdWrite: Step = { do: 'hold-write' };
export const flushed: Step = { do: 'flushed' };
export const readCopy: Step = { do: 'read-copy' };
export const writeCopy: Step = { do: 'write-copy' };
export const unlessHit = (...steps: readonly Step[]): Step => ({ do: 'unless-hit', steps });
export const forward = (route: string): Step => ({ do: 'call', route });
export const forwardRest = (route: string): Step => ({ do: 'call', route, isRest: true });
export const call = (route: string, handler: Handler): Step => ({ do: 'call', route, handler });
export const tryCall = (route: string, handler: Handler): Step => ({
  do: 'call',
  route,
  handler,
  optional: true,
});
export const shard = (by: 'key' | 'class', shards: readonly (readonly Step[])[]): Step => ({
  do: 'shard',
  by,
  shards,
});
export const keep: Step = { do: 'keep' };
export const expectSuccess: Step = { do: 'expect-success' };
export const untilHit = (route: string, ...steps: readonly Step[]): Step => ({
  do: 'until-hit',
  route,
  steps,
});
export const compensated: Step = { do: 'compensated' };
export const observe: Step = { do: 'observe' };
export const commit = (durable: boolean): Step => ({ do: 'commit', durable });
export const replicate = (route: string, wait = false): Step => ({ do: 'replicate', route, wait });
export const compose = (kib: number): Step => ({ do: 'compose', kib });
export const aside = (...steps: readonly Step[]): Step => ({ do: 'aside', steps });
export const append = (consumers: string): Step => ({ do: 'append', consumers });
export const handOver: Step = { do: 'hand-over' };
export const takeEffect: Step = { do: 'take-effect' };
