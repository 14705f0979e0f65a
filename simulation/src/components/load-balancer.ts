import type { Component } from '../execution/component.ts';
import { burst, forward, take } from '../execution/step.ts';
import { BEHIND_BALANCERS } from './kind-groups.ts';
import { backlog, eventLoop } from './machine.ts';

/**
 * A reverse proxy: one event loop that hands each request to one of its servers, by its policy and the weights of
 * its links. It calls those that are ready or, when it checks their health, those it believes to be.
 */
export const loadBalancer: Component<'load-balancer'> = {
  kind: 'load-balancer',
  routes: { servers: [BEHIND_BALANCERS] },
  balancing: (node) => node.policy,
  healthCheck: (node) => node.healthCheck ?? null,
  resources: (_, around) => ({ cpu: eventLoop(around), backlog: backlog(around) }),
  request: () => [take('backlog'), burst('cpu', 'balancer-request'), forward('servers')],
};
