import { type Component, routeTo } from '../execution/component.ts';
import type { Resource } from '../execution/resource.ts';
import { burst, forward, limit, refuse, type Step, take } from '../execution/step.ts';
import { GATEWAY_DEFAULTS, type NodeOf } from '../protocol/index.ts';
import { BEHIND_GATEWAYS } from './kind-groups.ts';
import { backlog, eventLoop } from './machine.ts';

/**
 * An API gateway: one event loop that reads each request, asks for a key, holds the rate down, and sends the
 * request on to the node of its class, or to the linked nodes in turn. A class whose node is not linked has no
 * route. What is refused has cost the gateway its CPU all the same: it had to be read.
 */
export const apiGateway: Component<'api-gateway'> = {
  kind: 'api-gateway',
  routes: { services: [BEHIND_GATEWAYS] },
  destinations: (node) => Object.values(optionsOf(node).classes),
  resources: (node, around): Readonly<Record<string, Resource>> => {
    const { rateLimit } = optionsOf(node);
    const machine = { cpu: eventLoop(around), backlog: backlog(around) };
    return rateLimit === null
      ? machine
      : { ...machine, rate: { type: 'rate-limit', ...rateLimit } };
  },
  request: ({ credential = 'key' }, _, { node, className }): readonly Step[] => {
    const { requireKey, rateLimit, classes } = optionsOf(node);
    const target = Object.hasOwn(classes, className) ? classes[className] : undefined;
    return [
      take('backlog'),
      burst('cpu', 'gateway-request'),
      ...(requireKey && credential === 'none' ? [refuse('unauthorised')] : []),
      ...(rateLimit === null ? [] : [limit]),
      forward(target === undefined ? 'services' : routeTo(target)),
    ];
  },
};

function optionsOf(node: NodeOf<'api-gateway'>) {
  const classes: Readonly<Record<string, string>> = node.classes ?? GATEWAY_DEFAULTS.classes;
  return { ...GATEWAY_DEFAULTS, ...node, classes };
}
