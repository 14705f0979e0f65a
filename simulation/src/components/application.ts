import type { Component, Surroundings } from '../execution/component.ts';
import type { Resource } from '../execution/resource.ts';
import { burst, draw, give, type Step, take } from '../execution/step.ts';
import {
  type ApplicationOperation,
  applicationOperations,
  type RequestClass,
  type Work,
} from '../protocol/index.ts';
import { cachedRead, cachedWrite } from './cache-strategies.ts';
import { type DataCalls, dataCalls } from './data-calls.ts';
import { deferredWrite, defersWrites, QUEUE_ROUTES } from './deferred-write.ts';
import { distributedOver, distributedWrite } from './distributed-writes.ts';
import { backlog, eventLoop, type Shedding, shedding } from './machine.ts';
import { NOSQL_ROUTES } from './nosql.ts';

/** Database connections that one application server keeps open, and how long a request waits for one. */
const POOL_SIZE = 10;
const POOL_TIMEOUT_MS = 2_000;

/** Where the application's calls go, whatever kind of machine it runs on. */
export const APPLICATION_ROUTES = {
  cache: [['cache']],
  reads: [['sql-replica'], ['sql-primary']],
  writes: [['sql-primary']],
  ...NOSQL_ROUTES,
  ...QUEUE_ROUTES,
} as const satisfies Component['routes'];

/** The pools of database connections that so many servers of the application keep, as one. */
export function databasePool(servers = 1): Extract<Resource, { type: 'pool' }> {
  return {
    type: 'pool',
    tokens: POOL_SIZE * servers,
    maxWaiting: Number.POSITIVE_INFINITY,
    timeoutMs: POOL_TIMEOUT_MS,
    cause: 'pool-exhausted',
    connections: false,
  };
}

/** What the application owns on a machine: an event loop a core, a backlog, a pool of database connections. */
export function applicationResources(
  node: Shedding,
  around: Surroundings,
): Readonly<Record<string, Resource>> {
  return {
    cpu: eventLoop(around),
    backlog: backlog(around),
    ...shedding(node),
    'database-pool': databasePool(),
  };
}

/** What differs from one kind of machine to another. */
export interface Machine {
  /** The work that a compute operation is there. */
  readonly compute: Work;
}

/**
 * The application's steps for a request after those by which the node admits it. Undefined for a class
 * with messages: these come over connections that a socket gateway holds, which asks for the rest.
 */
export function applicationRequest(
  requestClass: RequestClass,
  around: Surroundings,
  admission: readonly Step[],
  machine?: Machine,
): readonly Step[] | undefined {
  if (requestClass.operations.includes('message')) return undefined;
  return [...admission, ...applicationSteps(requestClass, around, machine)];
}

/**
 * The application's steps for a request, operation by operation. The node owns a station `cpu` and
 * the resources that `databasePool` describes, under the name `database-pool`.
 */
function applicationSteps(
  requestClass: RequestClass,
  around: Surroundings,
  machine: Machine = { compute: 'app-compute' },
): readonly Step[] {
  const data = dataCalls(requestClass, around);
  const defers = defersWrites(requestClass, around);
  const databases = distributedOver(requestClass, around);
  const { consistency } = requestClass;
  const operations = applicationOperations(requestClass);
  const lastWrite = operations.lastIndexOf('write');
  return operations.flatMap((operation, i) => {
    if (operation === 'write' && databases !== null && consistency !== undefined) {
      return i === lastWrite ? distributedWrite(consistency, databases) : [];
    }
    return operation === 'write' && defers
      ? deferredWrite(requestClass, around)
      : OPERATION_STEPS[operation](around, machine, data);
  });
}

const OPERATION_STEPS = {
  static: () => [burst('cpu', 'app-static')],
  compute: (_, machine) => [burst('cpu', machine.compute)],
  read: (around, _, data) => [
    burst('cpu', 'app-read'),
    draw('items'),
    ...cachedRead(around, [take('database-pool'), data.read, give]),
  ],
  write: (around, _, data) => [
    burst('cpu', 'app-write'),
    ...cachedWrite(around, [draw('rows'), take('database-pool'), data.write, give]),
  ],
} satisfies Record<
  ApplicationOperation,
  (around: Surroundings, machine: Machine, data: DataCalls) => readonly Step[]
>;
