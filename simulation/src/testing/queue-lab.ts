import type { Component } from '../execution/component.ts';
import type { Kinds } from '../execution/kinds.ts';
import type { Resource } from '../execution/resource.ts';
import { Simulator } from '../execution/simulator.ts';
import { burst, forward, type Step } from '../execution/step.ts';
import {
  type Link,
  type Measurement,
  type NodeKind,
  type Profile,
  type RequestClass,
  type Scenario,
  type Topology,
  type TopologyNode,
  WORKS,
  type Work,
} from '../protocol/index.ts';
import { windowOf } from './game.ts';

/** Components by kind, as the simulator gets them, with links among them. */
export interface Lab {
  readonly components: Partial<Record<NodeKind, Component>>;
  readonly links: readonly Link[];
  /** Absent: one node of each kind, named after it. */
  readonly nodes?: Topology['nodes'];
  readonly profile?: Partial<Profile>;
  readonly demands?: Partial<Record<Work, { meanMs: number; cv: number }>>;
  readonly classes?: Readonly<Record<string, RequestClass>>;
  readonly data?: Scenario['data'];
  readonly arrivals?: Scenario['arrivals'];
}

const forever = { revenue: 0, onTimeMs: 1e12, timeoutMs: 1e12 };

const clients: Component = {
  kind: 'clients',
  routes: { entry: [['load-balancer', 'vm-basic']] },
  resources: () => ({}),
  request: () => [forward('entry')],
};

/** One kind of every id: a node is named after its kind. */
function topologyOf({ components, links, nodes: given }: Lab): Topology {
  if (given !== undefined) return { nodes: given, links };
  const position = { x: 0, y: 0 };
  const kinds: readonly NodeKind[] = ['clients', ...(Object.keys(components) as NodeKind[])];
  const nodes = kinds.map((kind) => ({ kind, id: kind, position, size: 'S' }) as TopologyNode);
  return { nodes, links };
}

/** A simulator with the lab's components, times in units of a millisecond, links without latency. */
export class QueueLab {
  readonly simulator: Simulator;
  readonly topology: Topology;

  constructor(lab: Lab, seed: number) {
    this.topology = topologyOf(lab);
    const demand = { meanMs: 1, cv: 1 };
    const demands = Object.fromEntries(
      WORKS.map((work) => [work, lab.demands?.[work] ?? demand]),
    ) as Kinds['demands'];
    const kinds: Kinds = {
      components: { clients, ...lab.components } as Kinds['components'],
      sizeEntry: () => null,
      startupMs: () => 0,
      demands,
    };
    this.simulator = new Simulator({
      kinds,
      profile: {
        format: 'project-devops/profile@1',
        name: 'lab',
        demands,
        linkLatencyMs: 0,
        quotaPeriodMs: 100,
        hostCores: 1,
        ...lab.profile,
      },
      seed,
      classes: lab.classes ?? { any: { operations: ['static'], ...forever } },
      data: lab.data ?? { items: 1, zipfExponent: 0, hotRows: 1, hotRowExponent: 0 },
      arrivals: lab.arrivals ?? 'poisson',
    });
    this.simulator.setTopology(this.topology, false);
  }

  /** Offers a load from now on, in requests a millisecond. */
  offer(perMs: number, shares: Readonly<Record<string, number>> = { any: 1 }): void {
    this.simulator.setLoad(perMs * 1000, shares);
  }

  /** Runs for a while; the rows of that while by node. */
  run(forMs: number): (node: string) => Measurement {
    this.simulator.runUntil(this.simulator.nowMs + forMs);
    return windowOf(this.simulator, this.topology);
  }
}

/** A class of requests that nobody gives up. */
export function patient(...operations: RequestClass['operations']): RequestClass {
  return { operations, ...forever };
}

/** So many servers with one line, first come, first served. */
export function servers(parallel: number): Resource {
  return { type: 'station', discipline: 'fifo', parallel, cores: parallel };
}

/** A node of so many servers that takes these steps for each request, and for each call of its handler `read`. */
export function serves(kind: NodeKind, parallel: number, steps: readonly Step[]): Component {
  return {
    kind,
    routes: {},
    resources: () => ({ cpu: servers(parallel) }),
    request: () => steps,
    handlers: () => ({ read: steps }),
  };
}

/** One station that every request passes once, with as many whole cores as servers. */
export function singleStation(
  discipline: 'fifo' | 'shared',
  parallel: number,
  before: readonly Step[] = [],
  resources: ReturnType<Component['resources']> = {},
): Lab {
  const station: Component = {
    kind: 'vm-basic',
    routes: {},
    resources: () => ({
      cpu: { type: 'station', discipline, parallel, cores: parallel },
      ...resources,
    }),
    request: () => [...before, burst('cpu', 'app-static')],
  };
  return { components: { 'vm-basic': station }, links: [{ from: 'clients', to: 'vm-basic' }] };
}

/** Mean time in the system over a window. */
export function meanMs(row: Measurement): number {
  return row.latency.sumMs / row.latency.count;
}

export interface Observation {
  readonly perMs: number;
  readonly warmUpMs: number;
  readonly forMs: number;
  readonly shares?: Readonly<Record<string, number>>;
}

/** Seeds of the oracles: fixed, so that a failure is a failure every time. */
const SEEDS = Array.from({ length: 20 }, (_, i) => 1000 + i);

/** What a figure of a lab's rows is in runs with different seeds, each observed once it has warmed up. */
export function observeRuns<T>(
  lab: Lab,
  { perMs, warmUpMs, forMs, shares }: Observation,
  figure: (row: (node: string) => Measurement) => T,
  seeds: readonly number[] = SEEDS,
): T[] {
  return seeds.map((seed) => {
    const run = new QueueLab(lab, seed);
    run.offer(perMs, shares);
    run.run(warmUpMs);
    return figure(run.run(forMs));
  });
}
