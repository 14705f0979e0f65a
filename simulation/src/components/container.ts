import type { Component } from '../execution/component.ts';
import { occupy } from '../execution/step.ts';
import { CONTAINER_DEFAULTS } from '../protocol/index.ts';
import { APPLICATION_ROUTES, applicationRequest, databasePool } from './application.ts';
import { sizeOf } from './machine.ts';

/** A replica's way from being wanted to serving: scheduled, started, found ready by its probe. */
export const REPLICA_START_MS = 2_000;

/**
 * The application as a service of replicas (Kubernetes): one address, behind it event loops that each
 * have the size's quota and a backlog of their own, as many as an autoscaler finds right for the CPU
 * they use.
 */
export const container: Component<'container'> = {
  kind: 'container',
  routes: APPLICATION_ROUTES,
  addresses: ['writes'],
  byItem: ['cache'],
  resources: (node, around) => {
    const options = { ...CONTAINER_DEFAULTS, ...node };
    const { cpuMillicores, connections } = sizeOf(around);
    const cores = cpuMillicores / 1000;
    const most = Math.max(options.replicas, options.maxReplicas);
    return {
      replicas: {
        type: 'replicas',
        station: 'cpu',
        parallel: Math.max(1, Math.ceil(cores)),
        cores,
        backlog: connections,
        startMs: REPLICA_START_MS,
        min: options.replicas,
        most,
        targetUtilisation: options.targetUtilisation,
        stabilisationMs: options.stabilisationSeconds * 1000,
        cause: 'queue-full',
      },
      'database-pool': { ...databasePool(), perReplica: true },
    };
  },
  request: (requestClass, around) => applicationRequest(requestClass, around, [occupy('replicas')]),
};
