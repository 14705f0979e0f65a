import type { Component } from '../execution/component.ts';
import { burst } from '../execution/step.ts';
import { MONITORING_DEFAULTS } from '../protocol/index.ts';
import { eventLoop } from './machine.ts';

/**
 * Watches the service (Prometheus with its alert rules): asks every other node how it is, the clients' one by a
 * probe from outside, and judges the answers when the round is over. Its network is not the service's: it
 * needs no links. Too small a machine ends its rounds late, and alerts come late with them.
 */
export const monitoring: Component<'monitoring'> = {
  kind: 'monitoring',
  routes: {},
  scrapes: (node) => ({ ...MONITORING_DEFAULTS, ...node }).scrapeSeconds * 1000,
  resources: (_, around) => ({ cpu: eventLoop(around) }),
  handlers: () => ({ scrape: [burst('cpu', 'monitoring-scrape')] }),
};
