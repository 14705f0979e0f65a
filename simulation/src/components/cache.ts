import type { Component } from '../execution/component.ts';
import { burst, fill, forget, lookUp, take } from '../execution/step.ts';
import { connections, eventLoop } from './machine.ts';

/** What one cached item takes in memory, with the store's own bookkeeping. */
const ITEM_KIB = 32;

/** An in-memory store (Redis): one event loop; the least recently used item makes room for a new one. */
export const cache: Component<'cache'> = {
  kind: 'cache',
  routes: {},
  resources: (_, around) => ({
    cpu: eventLoop(around),
    connections: connections(around),
    items: {
      type: 'store',
      items: around.data.items,
      capacity: Math.floor(((around.size?.memoryMiB ?? 0) * 1024) / ITEM_KIB),
    },
  }),
  handlers: () => ({
    get: [take('connections'), burst('cpu', 'cache-get'), lookUp('items')],
    set: [take('connections'), burst('cpu', 'cache-set'), fill('items')],
    forget: [take('connections'), burst('cpu', 'cache-set'), forget('items')],
  }),
};
