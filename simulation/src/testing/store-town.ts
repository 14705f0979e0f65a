import type { Simulator } from '../execution/simulator.ts';
import type {
  Measurement,
  NodeOf,
  Profile,
  RequestClass,
  Scenario,
  Topology,
} from '../protocol/index.ts';
import { runningGame, windowOf } from './game.ts';

const position = { x: 0, y: 0 };
const prompt = { revenue: 0.01, onTimeMs: 1_000, timeoutMs: 3_000 };

/** Classes that ask differently of their data. */
export const STORE_CLASSES = {
  page: { operations: ['static'], ...prompt },
  report: { operations: ['read'], ...prompt },
  order: { operations: ['write'], ...prompt },
  session: { operations: ['read'], query: 'key', ...prompt },
  article: { operations: ['read'], query: 'document', ...prompt },
  edit: { operations: ['write'], query: 'document', ...prompt },
} satisfies Record<string, RequestClass>;

const STORE_SHARES = { page: 4, report: 3, order: 2, session: 2, article: 3, edit: 1 };

/** The data behind them; the k-th most popular item is the k-th most contended row. */
export const STORE_DATA: Scenario['data'] = {
  items: 2_000,
  zipfExponent: 0.9,
  hotRows: 2_000,
  hotRowExponent: 0.9,
};

/** One large server between an edge and every kind of store, with a cache as given. */
export function storeTown(cache: Partial<NodeOf<'cache'>> = {}): Topology {
  return {
    nodes: [
      { kind: 'clients', id: 'clients', position },
      { kind: 'cdn', id: 'edge', position, size: 'S' },
      { kind: 'vm-basic', id: 'web', position, size: 'XL' },
      { kind: 'cache', id: 'cache', position, size: 'S', eviction: 'lru', ...cache },
      { kind: 'sql-primary', id: 'primary', position, size: 'XL' },
      { kind: 'nosql', id: 'documents', position, size: 'S', model: 'document' },
    ],
    links: [
      { from: 'clients', to: 'edge' },
      { from: 'edge', to: 'web' },
      { from: 'web', to: 'cache' },
      { from: 'web', to: 'primary' },
      { from: 'web', to: 'documents' },
      { from: 'cache', to: 'primary' },
    ],
  };
}

export interface StoreRunOptions {
  readonly seed?: number;
  readonly data?: Partial<Scenario['data']>;
  readonly profile?: Profile;
}

/** A topology under the classes above. */
export class StoreRun {
  readonly simulator: Simulator;
  #topology: Topology;

  constructor(topology: Topology, options: StoreRunOptions = {}) {
    this.#topology = topology;
    this.simulator = runningGame(topology, {
      ...options,
      classes: STORE_CLASSES,
      data: { ...STORE_DATA, ...options.data },
    });
  }

  /** Puts other nodes, links or options in place; what is new is ready at once. */
  change(topology: Topology): void {
    this.#topology = topology;
    this.simulator.setTopology(topology, false);
  }

  /** Runs under a load for a while; the rows of that while by node. */
  run(
    forMs: number,
    perSecond: number,
    shares: Readonly<Record<string, number>> = STORE_SHARES,
  ): (id: string) => Measurement {
    this.simulator.setLoad(perSecond, shares);
    this.simulator.runUntil(this.simulator.nowMs + forMs);
    return windowOf(this.simulator, this.#topology);
  }
}
