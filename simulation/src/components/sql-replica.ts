import type { Component } from '../execution/component.ts';
import { burst, observe, take } from '../execution/step.ts';
import { connections, inOrder, processes } from './machine.ts';

/** A read-only copy: one process applies the writes of its primary in their order, a little later, with its own CPU. */
export const sqlReplica: Component<'sql-replica'> = {
  kind: 'sql-replica',
  routes: {},
  copies: true,
  resources: (_, around) => ({
    cpu: processes(around),
    connections: connections(around),
    replay: inOrder(),
  }),
  handlers: () => ({
    read: [take('connections'), observe, burst('cpu', 'sql-read')],
    apply: [take('replay'), burst('cpu', 'sql-apply')],
  }),
};
