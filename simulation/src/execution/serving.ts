import type {
  NodeId,
  NodeKind,
  Profile,
  RequestClass,
  Scenario,
  Topology,
  TopologyNode,
} from '../protocol/index.ts';
import type { Surroundings } from './component.ts';
import type { Kinds } from './running-topology.ts';
import type { Handler, Step } from './step.ts';

/** A call that leads nowhere: the node that would send it, and the kinds it could go to. */
export interface MissingLink {
  readonly from: NodeId;
  readonly to: readonly NodeKind[];
}

export interface ServingOptions {
  readonly kinds: Kinds;
  readonly profile: Profile;
  readonly data: Scenario['data'];
}

/** Whether a topology has a path for each call a request makes; its links must be allowed ones. */
export class Serving {
  readonly #options: ServingOptions;
  readonly #nodes: ReadonlyMap<NodeId, TopologyNode>;
  readonly #targets = new Map<NodeId, TopologyNode[]>();

  constructor(topology: Topology, options: ServingOptions) {
    this.#options = options;
    this.#nodes = new Map(topology.nodes.map((node) => [node.id, node]));
    for (const { from, to } of topology.links) {
      const target = this.#nodes.get(to);
      if (target !== undefined) this.#targets.set(from, [...this.#targetsOf(from), target]);
    }
  }

  /** The first call that keeps every path from serving the class at `entry`; null when one serves it. */
  missingLink(entry: TopologyNode, requestClass: RequestClass): MissingLink | null {
    return this.#missingAt(entry, requestClass);
  }

  #missingAt(node: TopologyNode, asked: RequestClass | Handler): MissingLink | null {
    const steps = this.#stepsOf(node, asked);
    return steps === undefined ? { from: node.id, to: [] } : this.#missing(node, steps, asked);
  }

  #missing(
    node: TopologyNode,
    steps: readonly Step[],
    asked: RequestClass | Handler,
  ): MissingLink | null {
    for (const step of steps) {
      const missing =
        step.do === 'unless-hit'
          ? this.#missing(node, step.steps, asked)
          : step.do === 'call' && step.optional !== true
            ? this.#missingBehind(node, step.route, step.handler ?? asked)
            : null;
      if (missing !== null) return missing;
    }
    return null;
  }

  #missingBehind(
    node: TopologyNode,
    route: string,
    asked: RequestClass | Handler,
  ): MissingLink | null {
    const groups = this.#options.kinds.components[node.kind].routes[route] ?? [];
    const linked = this.#targetsOf(node.id);
    const group = groups.find((kinds) => linked.some((target) => kinds.includes(target.kind)));
    if (group === undefined) return { from: node.id, to: groups.flat() };
    let first: MissingLink | null = null;
    for (const target of linked) {
      if (!group.includes(target.kind)) continue;
      const missing = this.#missingAt(target, asked);
      if (missing === null) return null;
      first ??= missing;
    }
    return first;
  }

  #stepsOf(node: TopologyNode, asked: RequestClass | Handler): readonly Step[] | undefined {
    const component = this.#options.kinds.components[node.kind];
    const around = this.#surroundings(node);
    return typeof asked === 'string'
      ? component.handlers?.(around)[asked]
      : component.request?.(asked, around);
  }

  #surroundings(node: TopologyNode): Surroundings {
    const { kinds, profile, data } = this.#options;
    const { routes } = kinds.components[node.kind];
    const linked = this.#targetsOf(node.id).map((target) => target.kind);
    return {
      profile,
      size: kinds.sizeEntry(node),
      data,
      linked: (route) => routes[route]?.flat().some((kind) => linked.includes(kind)) ?? false,
    };
  }

  #targetsOf(id: NodeId): readonly TopologyNode[] {
    return this.#targets.get(id) ?? [];
  }
}
