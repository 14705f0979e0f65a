import type { Component, Surroundings } from '../execution/component.ts';
import { burst, call, draw, give, type Step, take, tryCall, unlessHit } from '../execution/step.ts';
import type { Operation, RequestClass } from '../protocol/index.ts';
import { backlog, eventLoop } from './machine.ts';

/** Database connections that one application server keeps open, and how long a request waits for one. */
const POOL_SIZE = 10;
const POOL_TIMEOUT_MS = 2_000;

/** A general machine with the application (Node): one event loop a core, a backlog, a pool of database connections. */
export const vmBasic: Component<'vm-basic'> = {
  kind: 'vm-basic',
  routes: {
    cache: [['cache']],
    reads: [['sql-replica'], ['sql-primary']],
    writes: [['sql-primary']],
  },
  resources: (_, around) => ({
    cpu: eventLoop(around),
    backlog: backlog(around),
    'database-pool': {
      type: 'pool',
      tokens: POOL_SIZE,
      maxWaiting: Number.POSITIVE_INFINITY,
      timeoutMs: POOL_TIMEOUT_MS,
      cause: 'pool-exhausted',
      connections: false,
    },
  }),
  request: (requestClass: RequestClass, around: Surroundings) => [
    take('backlog'),
    ...requestClass.operations.flatMap((operation) => OPERATION_STEPS[operation](around)),
  ],
};

const OPERATION_STEPS = {
  static: () => [burst('cpu', 'app-static')],
  compute: () => [burst('cpu', 'app-compute')],
  read: (around) => [burst('cpu', 'app-read'), draw('items'), ...lazyRead(around)],
  write: (around) => [
    burst('cpu', 'app-write'),
    draw('rows'),
    take('database-pool'),
    call('writes', 'write'),
    give,
    ...(around.linked('cache') ? [draw('items'), tryCall('cache', 'forget')] : []),
  ],
} satisfies Record<Operation, (around: Surroundings) => readonly Step[]>;

/** Lazy loading (cache-aside): ask the cache, on a miss the database, and leave the answer in the cache. */
function lazyRead(around: Surroundings): readonly Step[] {
  const query = [take('database-pool'), call('reads', 'read'), give];
  if (!around.linked('cache')) return query;
  return [tryCall('cache', 'get'), unlessHit(...query, tryCall('cache', 'set'))];
}
