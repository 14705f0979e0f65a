import type { Component } from '../execution/component.ts';
import { APPLICATION_ROUTES, applicationRequest, applicationResources } from './application.ts';
import { admission } from './machine.ts';

/** A general machine with the application (Node): one event loop a core, a backlog, a pool of database connections. */
export const vmBasic: Component<'vm-basic'> = {
  kind: 'vm-basic',
  routes: APPLICATION_ROUTES,
  addresses: ['writes'],
  byItem: ['cache'],
  resources: applicationResources,
  request: (requestClass, around, { node }) =>
    applicationRequest(requestClass, around, admission(node)),
};
