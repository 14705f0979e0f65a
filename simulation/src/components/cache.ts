import type { Component, Surroundings } from '../execution/component.ts';
import {
  burst,
  call,
  fill,
  flushed,
  forget,
  give,
  holdWrite,
  lease,
  lookUp,
  take,
  unlessHit,
} from '../execution/step.ts';
import { CACHE_DEFAULTS, type NodeOf } from '../protocol/index.ts';
import { connections, eventLoop } from './machine.ts';

/** What one cached item takes in memory, with the store's own bookkeeping. */
const ITEM_KIB = 32;
/** Share of the memory that dirty items may take with write-back. */
const DIRTY_SHARE = 0.25;

type Cache = NodeOf<'cache'>;

/**
 * An in-memory store (Redis): one event loop, and as many items as its memory holds. With write-back it writes to
 * the database it is linked to; what is not flushed when it stops is lost, and once its room for dirty
 * items is full a write waits for the database. With coalescing, a request that misses an item while
 * another fetches it waits for that one's answer here. Several caches of an application each keep their part of the
 * items, as the sandbox service has it: while one is down its part is missed, or with write-back not written.
 */
export const cache: Component<'cache'> = {
  kind: 'cache',
  routes: { database: [['sql-primary'], ['nosql']] },
  resources: (node, around) => ({
    cpu: eventLoop(around),
    connections: connections(around),
    fetches: { type: 'leases' },
    items: {
      type: 'store',
      items: around.data.items,
      eviction: node.eviction,
      ...room(node, Math.floor(((around.size?.memoryMiB ?? 0) * 1024) / ITEM_KIB)),
    },
  }),
  handlers: (around, node) => ({
    get: [take('connections'), burst('cpu', 'cache-get'), lookUp('items'), ...onMiss(node)],
    set: [take('connections'), burst('cpu', 'cache-set'), fill('items')],
    forget: [take('connections'), burst('cpu', 'cache-set'), forget('items')],
    hold: [
      take('connections'),
      burst('cpu', 'cache-set'),
      holdWrite,
      unlessHit(call('database', 'write')),
      fill('items'),
    ],
    ...flushHandler(around),
  }),
};

function room(node: Cache, capacity: number) {
  const { ttlSeconds, strategy, flushSeconds } = { ...CACHE_DEFAULTS, ...node };
  const dirty = strategy === 'write-back' ? Math.floor(capacity * DIRTY_SHARE) : 0;
  return {
    capacity: capacity - dirty,
    ttlMs: ttlSeconds === null ? null : ttlSeconds * 1000,
    writeBack: strategy === 'write-back' ? { items: dirty, flushMs: flushSeconds * 1000 } : null,
  };
}

/** Who waits for another's answer has given its connection back. */
function onMiss(node: Cache) {
  const { coalescing } = { ...CACHE_DEFAULTS, ...node };
  return coalescing ? [unlessHit(give, lease('fetches'))] : [];
}

function flushHandler(around: Surroundings) {
  if (!around.linked('database')) return {};
  return { flush: [burst('cpu', 'cache-get'), call('database', 'write'), flushed] };
}
