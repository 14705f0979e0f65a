import type { Component } from '../execution/component.ts';
import { burst, needDisk, readCopy, type Step, take, writeCopy } from '../execution/step.ts';
import {
  NOSQL_DEFAULTS,
  type NodeOf,
  type NosqlModel,
  type Query,
  type Work,
} from '../protocol/index.ts';
import { connections, processes } from './machine.ts';

/** How many copies of its data a node keeps. */
const COPIES = 3;

/** Queries that some NoSQL model answers. */
type NosqlQuery = Exclude<Query, 'join'>;

/** Which queries a model answers, and by which work; what it leaves out needs another store. */
const READS: Readonly<Record<NosqlModel, Partial<Record<NosqlQuery, Work>>>> = {
  'key-value': { key: 'nosql-key-read' },
  document: { key: 'nosql-key-read', document: 'nosql-document-read' },
  graph: { key: 'nosql-key-read', relation: 'nosql-graph-read' },
};

/** Routes of an application to the databases that answer a query, by the query's name. */
export const NOSQL_ROUTES = {
  key: [['nosql']],
  document: [['nosql']],
  relation: [['nosql']],
} as const satisfies Record<NosqlQuery, Component['routes'][string]>;

/**
 * A NoSQL database: it answers the queries its model is made for, cheaply and without row locks. A write is accepted by
 * one copy and reaches the others a little later; a read asks any copy and may be stale.
 */
export const nosql: Component<'nosql'> = {
  kind: 'nosql',
  routes: {},
  resources: (node, around) => ({
    cpu: processes(around),
    connections: connections(around),
    copies: {
      type: 'copies',
      items: around.data.items,
      count: COPIES,
      lagMs: node.replicationLagMs ?? NOSQL_DEFAULTS.replicationLagMs,
    },
  }),
  accepts: (node, route) => !isQuery(route) || readsOf(node)[route] !== undefined,
  handlers: (_, node) => {
    const { key, document, relation } = readsOf(node);
    return {
      ...(key && { 'read-key': read(key) }),
      ...(document && { 'read-document': read(document) }),
      ...(relation && { 'read-relation': read(relation) }),
      write: [take('connections'), needDisk, burst('cpu', 'nosql-write'), writeCopy],
    };
  },
};

function readsOf(node: NodeOf<'nosql'>): Partial<Record<NosqlQuery, Work>> {
  return READS[node.model ?? NOSQL_DEFAULTS.model];
}

function read(work: Work): readonly Step[] {
  return [take('connections'), burst('cpu', work), readCopy];
}

function isQuery(route: string): route is NosqlQuery {
  return Object.hasOwn(NOSQL_ROUTES, route);
}
