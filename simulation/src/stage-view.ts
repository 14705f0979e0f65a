import type { Simulator } from './execution/simulator.ts';
import {
  END_TO_END,
  type LinkView,
  type Measurement,
  type NodeView,
  type Topology,
  type TopologyNode,
} from './protocol/index.ts';
import type { Alerts } from './rules/alerts.ts';

/** The figures of the last full second that the view shows beside the topology. */
export class StageView {
  #rows = new Map<string, Measurement>();
  #links: readonly LinkView[] = [];

  update(rows: readonly Measurement[], links: readonly LinkView[]): void {
    this.#rows = new Map(rows.map((row) => [row.node, row]));
    this.#links = links;
  }

  get endToEnd(): Measurement | null {
    return this.#rows.get(END_TO_END) ?? null;
  }

  nodes(topology: Topology, simulator: Simulator, alerts: Alerts): NodeView[] {
    return topology.nodes.map((node) => this.#node(node, simulator, alerts));
  }

  links(topology: Topology): LinkView[] {
    return topology.links.map(({ from, to }) => {
      const link = this.#links.find((other) => other.from === from && other.to === to);
      return link ?? { from, to, calls: {}, failed: 0, meanMs: null };
    });
  }

  #node(node: TopologyNode, simulator: Simulator, alerts: Alerts): NodeView {
    const isClients = node.kind === 'clients';
    const measurement = this.#rows.get(isClients ? END_TO_END : node.id) ?? null;
    const { 'dependency-failed': _, ...dropped } = measurement?.errors ?? {};
    const faults = simulator.faultsAt(node);
    return {
      id: node.id,
      state: simulator.stateOf(node.id),
      measurement,
      limitedBy: alerts.limitedBy(node.id),
      dropped: isClients ? {} : dropped,
      lockWaits: simulator.lockWaits(node.id),
      ...(faults.length > 0 ? { faults } : {}),
    };
  }
}
