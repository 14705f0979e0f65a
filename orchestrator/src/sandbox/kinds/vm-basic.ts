import { createHash } from 'node:crypto';
import {
  applicationOperations,
  type ServiceConfiguration,
} from '@project-devops/simulation/protocol';
import type { PlanInput } from '../plan-input.ts';
import type { Around, ContainerPlan, PlanNode } from './node-plan.ts';
import { NotInContainers } from './not-in-containers.ts';

/** As the model's vm-basic and sql-primary have them. */
const POOL = { size: 10, timeoutMs: 2_000 };
const LOCK_TIMEOUT_MS = 2_000;
/** Length of what is cached for an item; with Redis' bookkeeping an item takes what `sandbox/kinds/cache.ts` says. */
const VALUE_BYTES = 20_000;

/** The sandbox service. Reads go to replicas when any is linked, else to the primary. */
export const planVmBasic: PlanNode<'vm-basic'> = (node, around) => {
  if (node.shedding) {
    const change = `Turn load shedding off at ${node.id}`;
    throw new NotInContainers(node.id, 'its service does not shed load', change);
  }
  return servicePlan(node.id, around);
};

const servicePlan = (node: string, around: Around): ContainerPlan => ({
  image: 'service',
  rank: 1,
  arguments: ['service'],
  configuration: JSON.stringify(serviceConfiguration(node, around)),
  fixed: '',
  environment: { STORE_PASSWORD: around.input.storePassword },
  minimumMemoryMiB: 128,
  pidsLimit: 64,
  dataMiB: null,
});

function serviceConfiguration(node: string, around: Around): ServiceConfiguration {
  const { input, size } = around;
  const replicas = around.linked('sql-replica');
  const primaries = around.linked('sql-primary');
  return {
    node,
    classes: Object.fromEntries(
      Object.entries(input.classes).flatMap(([id, requestClass]) => {
        const { onTimeMs, timeoutMs } = requestClass;
        const operations = applicationOperations(requestClass);
        return operations.length === 0 ? [] : [[id, { operations, onTimeMs, timeoutMs }]];
      }),
    ),
    demands: demandsOf(input),
    roundsPerMs: input.work.roundsPerMs,
    rowsPerMs: input.work.rowsPerMs,
    workers: Math.max(1, Math.ceil(size.cpuMillicores / 1_000)),
    backlog: size.connections,
    pool: POOL,
    lockTimeoutMs: LOCK_TIMEOUT_MS,
    writes: primaries.map(address)[0] ?? null,
    reads: (replicas.length > 0 ? replicas : primaries).map(address),
    // In an order that all services share, so that they look for an item at the same cache.
    caches: around.linked('cache').toSorted().map(address),
    valueBytes: VALUE_BYTES,
    data: input.data,
    seed: seedOf(input.seed, node),
  };
}

function demandsOf({ demands }: PlanInput): ServiceConfiguration['demands'] {
  return {
    static: demands['app-static'],
    read: demands['app-read'],
    write: demands['app-write'],
    compute: demands['app-compute'],
    'sql-read': demands['sql-read'],
    'sql-write': demands['sql-write'],
  };
}

const address = (node: string) => ({ node, host: node });

/** A stream of its own for each node. */
function seedOf(seed: number, node: string): number {
  return createHash('sha256').update(`${seed} ${node}`).digest().readUInt32BE(0);
}
