import type { Component } from '../execution/component.ts';
import { APPLICATION_ROUTES, applicationRequest, databasePool } from './application.ts';
import { admission, backlog, eventLoop, shedding } from './machine.ts';

/** A machine with the same application and faster arithmetic: only compute operations are quicker than on `vm-basic`. */
export const vmHighCpu: Component<'vm-high-cpu'> = {
  kind: 'vm-high-cpu',
  routes: APPLICATION_ROUTES,
  addresses: ['writes'],
  resources: (node, around) => ({
    cpu: eventLoop(around),
    backlog: backlog(around),
    ...shedding(node),
    'database-pool': databasePool(),
  }),
  request: (requestClass, around, { node }) =>
    applicationRequest(requestClass, around, admission(node), {
      compute: 'high-cpu-compute',
    }),
};
