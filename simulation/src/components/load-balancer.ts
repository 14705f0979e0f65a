import type { Component } from '../execution/component.ts';
import { burst, forward, take } from '../execution/step.ts';
import { backlog, eventLoop } from './machine.ts';

/** A reverse proxy (nginx): one event loop that hands each request to one of its ready servers. */
export const loadBalancer: Component<'load-balancer'> = {
  kind: 'load-balancer',
  routes: { servers: [['vm-basic']] },
  balancing: (node) => node.policy,
  resources: (_, around) => ({ cpu: eventLoop(around), backlog: backlog(around) }),
  request: () => [take('backlog'), burst('cpu', 'balancer-request'), forward('servers')],
};
