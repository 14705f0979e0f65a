import type { Component } from '../execution/component.ts';
import { burst, take } from '../execution/step.ts';
import { connections, processes } from './machine.ts';

/** A read-only copy: it applies each write of its primary a little later, with its own CPU. */
export const sqlReplica: Component<'sql-replica'> = {
  kind: 'sql-replica',
  routes: {},
  resources: (_, around) => ({ cpu: processes(around), connections: connections(around) }),
  handlers: () => ({
    read: [take('connections'), burst('cpu', 'sql-read')],
    apply: [burst('cpu', 'sql-apply')],
  }),
};
