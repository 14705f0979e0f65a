import type { Component } from '../execution/component.ts';
import { forward } from '../execution/step.ts';

/** The users' browsers: every request begins and ends here, and this node's row is the service as they see it. */
export const clients: Component<'clients'> = {
  kind: 'clients',
  routes: { entry: [['load-balancer', 'vm-basic']] },
  resources: () => ({}),
  request: () => [forward('entry')],
};
