import type { Component } from '../execution/component.ts';
import { burst, forward, inspect, take } from '../execution/step.ts';
import { FIREWALL_DEFAULTS } from '../protocol/index.ts';
import { BEHIND_FIREWALLS } from './kind-groups.ts';
import { backlog, eventLoop } from './machine.ts';

/**
 * A web application firewall: reads each request and flags those it takes for hostile, some innocent ones among
 * them. In the mode `block` a flagged request ends here, in `detect` it is only counted. A hostile request that is
 * stopped is work done: served in this node's row, and end to end counted apart with all hostile ones (`hostile`), so
 * that it moves neither error ratio and gauge, nor throughput, nor revenue. An innocent one is an error, here and
 * for its user. In front of this node a stopped request is a failed call, as any refused one.
 */
export const waf: Component<'waf'> = {
  kind: 'waf',
  routes: { behind: [BEHIND_FIREWALLS] },
  resources: (node, around) => {
    const { mode, detectionRatio, falsePositiveRatio } = { ...FIREWALL_DEFAULTS, ...node };
    return {
      cpu: eventLoop(around),
      backlog: backlog(around),
      rules: { type: 'inspection', blocks: mode === 'block', detectionRatio, falsePositiveRatio },
    };
  },
  request: ({ hostile }) => [
    take('backlog'),
    burst('cpu', 'waf-request'),
    inspect(hostile !== undefined),
    forward('behind'),
  ],
};
