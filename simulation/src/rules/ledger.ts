import type { NodeId, NodeKind, Scenario, Topology } from '../protocol/index.ts';
import { createEconomy, type Economy, InstantPrices, payForEdit, settleSecond } from './economy.ts';
import type { Catalog, TopologyCommand } from './topology-edits.ts';
import { sizeEntryOf } from './topology-edits.ts';

/** The run's money and what changes it: edits of the topology, running costs, revenue. */
export class Ledger {
  readonly economy: Economy;
  readonly #catalog: Catalog;
  readonly #prices = new InstantPrices();

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

  /** Settles a second of play; the answer is what was earned in it. */
  settle(
    scenario: Scenario,
    topology: Topology,
    goodByClass: Readonly<Record<string, number>>,
  ): number {
    return settleSecond(this.economy, scenario, this.costPerHour(topology), goodByClass);
  }

  costPerHour(topology: Topology): number {
    return topology.nodes.reduce((sum, node) => sum + this.nodeCostPerHour(topology, node.id), 0);
  }

  nodeCostPerHour(topology: Topology, id: NodeId): number {
    return this.#entry(topology, id)?.costPerHour ?? 0;
  }

  #worth(topology: Topology, id: NodeId): number {
    return this.#entry(topology, id)?.price ?? 0;
  }

  #entry(topology: Topology, id: NodeId) {
    const node = topology.nodes.find((other) => other.id === id);
    return node === undefined ? null : sizeEntryOf(node, this.#catalog);
  }
}

/** The kind of what is traded: a node of another kind under the same name is another article. */
function tradedKind(command: TopologyCommand, before: Topology): NodeKind | undefined {
  if (command.type === 'place-node') return command.node.kind;
  return 'id' in command ? before.nodes.find(({ id }) => id === command.id)?.kind : undefined;
}

/** The node that a command buys, sells or resizes. */
export function tradedNode(command: TopologyCommand): NodeId | null {
  switch (command.type) {
    case 'place-node':
      return command.node.id;
    case 'clone-node':
      return command.newId;
    case 'remove-node':
    case 'resize-node':
      return command.id;
    case 'move-node':
    case 'configure-node':
    case 'connect':
    case 'disconnect':
      return null;
  }
}
