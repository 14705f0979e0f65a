import type { Component } from '../execution/component.ts';
import { forward } from '../execution/step.ts';
import { ENTRANCES } from './kind-groups.ts';

/** The users' browsers: every request begins and ends here, and this node's row is the service as they see it. */
export const clients: Component<'clients'> = {
  kind: 'clients',
  routes: { entry: [ENTRANCES] },
  resources: () => ({}),
  request: () => [forward('entry')],
};
