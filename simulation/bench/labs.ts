import {
  burst,
  call,
  delay,
  draw,
  fill,
  forward,
  lookUp,
  unlessHit,
} from '../src/execution/step.ts';
import type { NodeKind, RequestClass, TopologyNode } from '../src/protocol/index.ts';
import { closedLab } from '../src/testing/closed-lab.ts';
import { type Lab, QueueLab, servers, serves } from '../src/testing/queue-lab.ts';

const SEED = 1;
const APPS = ['app-1', 'app-2', 'app-3', 'app-4'];

/** Good service is what all customers get; the time-out is armed for each and hardly ever comes. */
const request = (...operations: RequestClass['operations']): RequestClass => ({
  operations,
  revenue: 0,
  onTimeMs: 60_000,
  timeoutMs: 60_000,
});

/** M/M/c with a mean service time of a millisecond. */
export function single(parallel: number): QueueLab {
  const lab: Lab = {
    components: { 'vm-basic': serves('vm-basic', parallel, [burst('cpu', 'app-static')]) },
    links: [{ from: 'clients', to: 'vm-basic' }],
    classes: { any: request('static') },
  };
  return new QueueLab(lab, SEED);
}

/** Servers side by side, each with half the load it can bear; `perMs` is all of it. */
export function spread(count: number): { readonly lab: QueueLab; readonly perMs: number } {
  const position = { x: 0, y: 0 };
  const ids = Array.from({ length: count }, (_, i) => `server-${i + 1}`);
  const lab: Lab = {
    components: { 'vm-basic': serves('vm-basic', 1, [burst('cpu', 'app-static')]) },
    nodes: [
      { kind: 'clients', id: 'clients', position },
      ...ids.map((id): TopologyNode => ({ kind: 'vm-basic', id, position, size: 'S' })),
    ],
    links: ids.map((to) => ({ from: 'clients', to })),
    classes: { any: request('static') },
  };
  return { lab: new QueueLab(lab, SEED), perMs: count / 2 };
}

/** One server whose answers take so long that about so many requests are in flight at `perMs`. */
export function inFlight(count: number, perMs: number): QueueLab {
  const steps = [burst('cpu', 'app-static'), delay(count / perMs)];
  const lab: Lab = {
    components: { 'vm-basic': serves('vm-basic', 1, steps) },
    links: [{ from: 'clients', to: 'vm-basic' }],
    classes: { any: { ...request('static'), timeoutMs: 4 * (count / perMs) + 10_000 } },
  };
  return new QueueLab(lab, SEED);
}

/** A balancer, four servers by turns, a cache that holds 80 % of equally popular items, a database. */
export function network(): QueueLab {
  const position = { x: 0, y: 0 };
  const node = (kind: NodeKind, id: string) => ({ kind, id, position, size: 'S' }) as TopologyNode;
  const lab: Lab = {
    components: {
      'load-balancer': {
        kind: 'load-balancer',
        routes: { servers: [['vm-basic']] },
        resources: () => ({ cpu: servers(1) }),
        request: () => [burst('cpu', 'balancer-request'), forward('servers')],
      },
      'vm-basic': {
        kind: 'vm-basic',
        routes: { cache: [['cache']], reads: [['sql-primary']] },
        resources: () => ({ cpu: servers(1) }),
        request: () => [
          burst('cpu', 'app-read'),
          draw('items'),
          call('cache', 'get'),
          unlessHit(call('reads', 'read')),
        ],
      },
      cache: {
        kind: 'cache',
        routes: {},
        resources: () => ({
          cpu: servers(1),
          items: { type: 'store', items: 10, capacity: 8 },
        }),
        handlers: () => ({
          get: [burst('cpu', 'cache-get'), lookUp('items'), unlessHit(fill('items'))],
        }),
      },
      'sql-primary': serves('sql-primary', 1, [burst('cpu', 'sql-read')]),
    },
    nodes: [
      node('clients', 'clients'),
      node('load-balancer', 'balancer'),
      ...APPS.map((id) => node('vm-basic', id)),
      node('cache', 'cache'),
      node('sql-primary', 'database'),
    ],
    links: [
      { from: 'clients', to: 'balancer' },
      ...APPS.flatMap((app) => [
        { from: 'balancer', to: app },
        { from: app, to: 'cache' },
        { from: app, to: 'database' },
      ]),
    ],
    demands: {
      'balancer-request': { meanMs: 0.5, cv: 1 },
      'app-read': { meanMs: 3.5, cv: 1 },
      'cache-get': { meanMs: 0.5, cv: 1 },
      'sql-read': { meanMs: 4, cv: 1 },
    },
    classes: { any: request('read') },
    data: { items: 10, zipfExponent: 0, hotRows: 1, hotRowExponent: 0 },
  };
  return new QueueLab(lab, SEED);
}

/** Fifty customers that think, visit one station, then the other, and think again; ten milliseconds are its unit of time. */
export function closed(cycles: number): QueueLab {
  return closedLab({ customers: 50, cycles, unitMs: 10 }, SEED);
}
