import {
  END_TO_END,
  type Measurement,
  type NodeId,
  type NodeKind,
  type Scenario,
  type Topology,
} from '../protocol/index.ts';
import { createEconomy, type Economy, InstantPrices, payForEdit, settleSecond } from './economy.ts';
import { purchaseFigures } from './purchases.ts';
import type { Catalog, TopologyCommand } from './topology-edits.ts';
import { sizeEntryOf } from './topology-edits.ts';
import { withUsageCosts } from './usage-costs.ts';

/** The run's money and what changes it: edits of the topology, running costs, revenue. */
export class Ledger {
  readonly economy: Economy;
  readonly #catalog: Catalog;
  readonly #prices = new InstantPrices();
  /** What the last second's usage costs beside the topology, in dollars per hour of game time. */
  #usagePerHour = 0;

  constructor(startingMoney: number, catalog: Catalog) {
    this.economy = createEconomy(startingMoney);
    this.#catalog = catalog;
  }

  /** What an edit costs now; negative when it brings money back. */
  costOf(command: TopologyCommand, before: Topology, after: Topology, nowMs: number): number {
    const id = tradedNode(command);
    if (id === null) return 0;
    const article = `${tradedKind(command, before)} ${id}`;
    return this.#prices.cost(article, this.#worth(before, id), this.#worth(after, id), nowMs);
  }

  pay(command: TopologyCommand, before: Topology, cost: number, nowMs: number): void {
    const id = tradedNode(command);
    if (id === null) return;
    const article = `${tradedKind(command, before)} ${id}`;
    this.#prices.record(article, this.#worth(before, id), nowMs);
    payForEdit(this.economy, cost);
  }

  /** Charges for usage from the present second's rows on; the rows with these costs. */
  charge(rows: readonly Measurement[], scenario: Scenario, topology: Topology): Measurement[] {
    const charged = withUsageCosts(rows, {
      usagePrice: (id) => {
        const node = topology.nodes.find((other) => other.id === id);
        return node === undefined ? undefined : sizeEntryOf(node, this.#catalog)?.usagePrice;
      },
      secondsPerGameHour: scenario.secondsPerGameHour,
    });
    const costOf = (all: readonly Measurement[]) =>
      all.find(({ node }) => node === END_TO_END)?.costPerHour ?? 0;
    this.#usagePerHour = costOf(charged) - costOf(rows);
    return charged;
  }

  /** Settles a second of play; the answer is what was earned in it. */
  settle(
    scenario: Scenario,
    topology: Topology,
    goodByClass: Readonly<Record<string, number>>,
  ): number {
    return settleSecond(this.economy, scenario, this.costPerHour(topology), goodByClass);
  }

  /** Of the topology as it stands, with the usage that was charged last. */
  costPerHour(topology: Topology): number {
    return topology.nodes.reduce(
      (sum, node) => sum + this.nodeCostPerHour(topology, node.id),
      this.#usagePerHour,
    );
  }

  nodeCostPerHour(topology: Topology, id: NodeId): number {
    return this.#figureOf(topology, id, 'costPerHour');
  }

  #worth(topology: Topology, id: NodeId): number {
    return this.#figureOf(topology, id, 'price');
  }

  #figureOf(topology: Topology, id: NodeId, figure: 'price' | 'costPerHour'): number {
    const node = topology.nodes.find((other) => other.id === id);
    if (node === undefined) return 0;
    const entry = sizeEntryOf(node, this.#catalog);
    return entry === null ? 0 : purchaseFigures(node, entry)[figure];
  }
}

/** The kind of what is traded: a node of another kind under the same name is another article. */
function tradedKind(command: TopologyCommand, before: Topology): NodeKind | undefined {
  if (command.type === 'place-node') return command.node.kind;
  return 'id' in command ? before.nodes.find(({ id }) => id === command.id)?.kind : undefined;
}

/** The node that a command buys, sells, resizes or splits into shards. */
export function tradedNode(command: TopologyCommand): NodeId | null {
  switch (command.type) {
    case 'place-node':
      return command.node.id;
    case 'clone-node':
      return command.newId;
    case 'remove-node':
    case 'resize-node':
    case 'configure-node':
      return command.id;
    case 'move-node':
    case 'promote-replica':
    case 'connect':
    case 'disconnect':
    case 'configure-link':
      return null;
  }
}
