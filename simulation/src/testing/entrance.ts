import { DEFAULT_PROFILE } from '../components/default-profile.ts';
import type { Simulator } from '../execution/simulator.ts';
import type {
  Link,
  Measurement,
  Profile,
  RequestClass,
  Scenario,
  Size,
  Topology,
  TopologyNode,
} from '../protocol/index.ts';
import { runningGame, windowOf } from './game.ts';

const position = { x: 0, y: 0 };
const CLIENTS: TopologyNode = { kind: 'clients', id: 'clients', position };

/** A class of static requests that pay and wait two seconds. */
export const PAGE: RequestClass = {
  operations: ['static'],
  revenue: 1,
  onTimeMs: 1_000,
  timeoutMs: 2_000,
};

/** A server of the application. */
export function web(id: string, size: Size = 'XL'): TopologyNode {
  return { kind: 'vm-basic', id, size, position };
}

/** Clients, one node that they reach first, and servers behind it. */
export function behind(
  entrance: TopologyNode,
  servers: readonly TopologyNode[],
  weights: Readonly<Record<string, number>> = {},
): Topology {
  const links = servers.map(({ id }): Link => {
    const weight = weights[id];
    return { from: entrance.id, to: id, ...(weight === undefined ? {} : { weight }) };
  });
  return {
    nodes: [CLIENTS, entrance, ...servers],
    links: [{ from: 'clients', to: entrance.id }, ...links],
  };
}

export interface Entrance {
  readonly topology: Topology;
  readonly classes?: Readonly<Record<string, RequestClass>>;
  readonly arrivals?: Scenario['arrivals'];
  readonly profile?: Profile;
  readonly seed?: number;
}

/** The game's kinds under traffic of one's own making, evenly spaced unless told otherwise. */
export class EntranceRun {
  readonly simulator: Simulator;
  topology: Topology;

  constructor({
    topology,
    classes = { page: PAGE },
    arrivals = 'uniform',
    profile = DEFAULT_PROFILE,
    seed = 1,
  }: Entrance) {
    this.topology = topology;
    const data = { items: 1, zipfExponent: 0, hotRows: 1, hotRowExponent: 0 };
    this.simulator = runningGame(topology, { profile, seed, classes, data, arrivals });
  }

  change(topology: Topology): void {
    this.topology = topology;
    this.simulator.setTopology(topology, true);
  }

  offer(perSecond: number, shares: Readonly<Record<string, number>> = { page: 1 }): void {
    this.simulator.setLoad(perSecond, shares);
  }

  /** Runs up to an instant; the rows of the time since the last one, by node. */
  until(seconds: number): (id: string) => Measurement {
    this.simulator.runUntil(seconds * 1000);
    return windowOf(this.simulator, this.topology);
  }
}
