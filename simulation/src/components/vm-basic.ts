import type { Component } from '../execution/component.ts';
import { APPLICATION_ROUTES, applicationRequest, databasePool } from './application.ts';
import { admission, backlog, eventLoop, shedding } from './machine.ts';

/** A general machine with the application (Node): one event loop a core, a backlog, a pool of database connections. */
export const vmBasic: Component<'vm-basic'> = {
  kind: 'vm-basic',
  routes: APPLICATION_ROUTES,
  addresses: ['writes'],
  resources: (node, around) => ({
    cpu: eventLoop(around),
    backlog: backlog(around),
    ...shedding(node),
    'database-pool': databasePool(),
  }),
  request: (requestClass, around, { node }) =>
    applicationRequest(requestClass, around, admission(node)),
};
