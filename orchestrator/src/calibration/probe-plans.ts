import { CATALOG, sizeEntryOf } from '@project-devops/simulation';
import type {
  ApplicationOperation,
  Link,
  Profile,
  Scenario,
  Size,
  Topology,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { operationsOf, type Probe, type ProbePlan } from './probe.ts';

/** Share of the busiest node's CPU that a probe uses: light, so that nothing waits; enough to be measured in a quarter of a minute. */
const LOAD = 0.4;
/** CPU time of a request besides its operations, at a guess, for choosing rates only. */
const OVERHEAD_MS = 1;
const MAX_RATE_PER_SECOND = 80;
/** The application's size: one in which the longest burst fits into a quota period, so that it is not throttled. */
const APP_SIZE: Size = 'M';
const position = { x: 0, y: 0 };
const APP: TopologyNode = { kind: 'vm-basic', id: 'app', size: APP_SIZE, position };

/** What the plans need to know of the stage whose classes are probed. */
export type ProbedStage = Pick<Scenario, 'classes'>;

/**
 * About three minutes of probes. They use the stage's own classes: what a request costs besides its
 * operations is part of each request, and the profile has no work of that name, so that only the classes'
 * totals say how the works must share it (every class of the stage has exactly one static or compute
 * operation, and there it goes).
 */
export function probePlans(stage: ProbedStage, targets: Profile['demands']): readonly ProbePlan[] {
  const probe = (requestClass: string, seconds: number): Probe => ({
    requestClass,
    seconds,
    ratePerSecond: rateFor(operationsOf(stage.classes, requestClass), targets),
  });
  const idle: Probe = { requestClass: 'home', ratePerSecond: 1, seconds: 10 };
  return [
    {
      name: 'application and database',
      topology: PLAIN,
      probes: [
        idle,
        probe('home', 15),
        probe('browse', 20),
        probe('search', 35),
        probe('signup', 20),
      ],
    },
    {
      name: 'balancer and replica',
      topology: REPLICATED,
      probes: [probe('home', 10), probe('browse', 15), probe('signup', 15)],
    },
    {
      name: 'cache',
      topology: CACHED,
      probes: [probe('browse', 25), probe('signup', 10)],
    },
  ];
}

/** Reads only, for finding out how many rows the database reads in a millisecond. */
export function firstPlan(stage: ProbedStage, targets: Profile['demands']): ProbePlan {
  const ratePerSecond = rateFor(operationsOf(stage.classes, 'browse'), targets);
  const probes = [{ requestClass: 'browse', ratePerSecond, seconds: 12 }];
  return { name: 'rows a millisecond', topology: PLAIN, probes };
}

/** The load that uses `LOAD` of the application's or the database's CPU, whichever is reached first. */
function rateFor(operations: readonly ApplicationOperation[], targets: Profile['demands']): number {
  const cores = (sizeEntryOf(APP, CATALOG)?.cpuMillicores ?? 0) / 1000;
  const app = operations.reduce((sum, operation) => sum + targets[`app-${operation}`].meanMs, 0);
  const sql = operations.reduce((sum, operation) => sum + sqlDemandMs(operation, targets), 0);
  const rate = (LOAD * cores * 1000) / Math.max(app + OVERHEAD_MS, sql);
  return Math.min(MAX_RATE_PER_SECOND, Math.round(rate * 10) / 10);
}

function sqlDemandMs(operation: ApplicationOperation, targets: Profile['demands']): number {
  if (operation === 'read') return targets['sql-read'].meanMs;
  return operation === 'write' ? targets['sql-write'].meanMs : 0;
}

const clients: TopologyNode = { kind: 'clients', id: 'clients', position };
const primary: TopologyNode = { kind: 'sql-primary', id: 'primary', size: APP_SIZE, position };
const replica: TopologyNode = { kind: 'sql-replica', id: 'replica', size: APP_SIZE, position };
const cache: TopologyNode = { kind: 'cache', id: 'cache', size: 'S', eviction: 'lru', position };
const balancer: TopologyNode = {
  kind: 'load-balancer',
  id: 'balancer',
  size: 'S',
  policy: 'round-robin',
  position,
};

function chain(...links: readonly (readonly [TopologyNode, TopologyNode])[]): Topology {
  return {
    nodes: [...new Set(links.flat())],
    links: links.map(([from, to]): Link => ({ from: from.id, to: to.id })),
  };
}

const PLAIN = chain([clients, APP], [APP, primary]);
const REPLICATED = chain(
  [clients, balancer],
  [balancer, APP],
  [APP, primary],
  [APP, replica],
  [primary, replica],
);
const CACHED = chain([clients, APP], [APP, primary], [APP, cache]);
