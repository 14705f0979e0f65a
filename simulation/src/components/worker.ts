import type { Component } from '../execution/component.ts';
import { burst, call, give, take, takeEffect, unlessHit } from '../execution/step.ts';
import { WORKER_DEFAULTS } from '../protocol/index.ts';
import { APPLICATION_ROUTES, databasePool } from './application.ts';
import { cachedWrite } from './cache-strategies.ts';
import { eventLoop } from './machine.ts';

/**
 * Does later what applications have left to a queue, in the SQL database it is linked to, else in the NoSQL one.
 * When the write is done it commits the message; a crash in between brings the message again, and the write with
 * it unless the worker is idempotent. The write counts as done from the moment that the worker has the answer.
 */
export const worker: Component<'worker'> = {
  kind: 'worker',
  routes: { cache: APPLICATION_ROUTES.cache, writes: [['sql-primary'], ['nosql']] },
  byItem: ['cache'],
  consumes: (node) => {
    const { group, concurrency, idempotent } = { ...WORKER_DEFAULTS, ...node };
    return { group, concurrency, idempotent };
  },
  resources: (_, around) => ({ cpu: eventLoop(around), 'database-pool': databasePool() }),
  handlers: (around) => {
    const write = [take('database-pool'), call('writes', 'write'), give];
    return {
      consume: [
        burst('cpu', 'app-write'),
        unlessHit(...cachedWrite(around, write), takeEffect),
        burst('cpu', 'worker-commit'),
      ],
    };
  },
};
