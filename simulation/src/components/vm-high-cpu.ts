import type { Component } from '../execution/component.ts';
import { APPLICATION_ROUTES, applicationRequest, applicationResources } from './application.ts';
import { admission } from './machine.ts';

/** A machine with the same application and faster arithmetic: only compute operations are quicker than on `vm-basic`. */
export const vmHighCpu: Component<'vm-high-cpu'> = {
  kind: 'vm-high-cpu',
  routes: APPLICATION_ROUTES,
  addresses: ['writes'],
  byItem: ['cache'],
  resources: applicationResources,
  request: (requestClass, around, { node }) =>
    applicationRequest(requestClass, around, admission(node), {
      compute: 'high-cpu-compute',
    }),
};
