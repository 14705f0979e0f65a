import type { Component } from '../execution/component.ts';
import { delay, occupy, unlessHit } from '../execution/step.ts';
import { SERVERLESS_DEFAULTS } from '../protocol/index.ts';
import { APPLICATION_ROUTES, applicationRequest, databasePool } from './application.ts';
import { sizeOf } from './machine.ts';

/**
 * Start of a new instance: the code is loaded and initialised before the request runs. Between under
 * 100 ms and over a second in practice (AWS Compute Blog, "Operating Lambda: Performance optimization", 2021).
 */
export const COLD_START_MS = 400;

/**
 * The application as a function (AWS Lambda): an instance for each request, as many at once as the limit
 * allows, with the size's share of a CPU and nobody to share it with. Each instance has database
 * connections of its own, so what runs out is the database's.
 */
export const serverless: Component<'serverless'> = {
  kind: 'serverless',
  routes: APPLICATION_ROUTES,
  addresses: ['writes'],
  byItem: ['cache'],
  resources: (node, around) => {
    const { concurrencyLimit, keepAliveSeconds } = { ...SERVERLESS_DEFAULTS, ...node };
    const cores = sizeOf(around).cpuMillicores / 1000;
    return {
      instances: {
        type: 'instances',
        concurrency: concurrencyLimit,
        keepAliveMs: keepAliveSeconds * 1000,
        startMs: COLD_START_MS,
        cause: 'throttled',
      },
      cpu: { type: 'station', discipline: 'independent', parallel: 1, cores },
      'database-pool': databasePool(concurrencyLimit),
    };
  },
  request: (requestClass, around) =>
    applicationRequest(requestClass, around, [
      occupy('instances'),
      unlessHit(delay(COLD_START_MS)),
    ]),
};
