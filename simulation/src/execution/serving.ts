import type {
  NodeId,
  NodeKind,
  Profile,
  RequestClass,
  Scenario,
  Topology,
  TopologyNode,
} from '../protocol/index.ts';
import { backgroundCores, type Route, routeTo, type Surroundings } from './component.ts';
import type { Kinds } from './kinds.ts';
import { withoutMessages } from './messages.ts';
import type { Handler, Step } from './step.ts';

/** A call that leads nowhere: the node that would send it, and the kinds it could go to. */
export interface MissingLink {
  readonly from: NodeId;
  readonly to: readonly NodeKind[];
  /** The one node it could go to, where the sender is told which; it is not linked. */
  readonly only?: NodeId;
}

/** What is asked of a node from outside: a request of a class. */
interface AskedClass {
  readonly className: string;
  readonly requestClass: RequestClass;
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
  missingLink(
    entry: TopologyNode,
    className: string,
    requestClass: RequestClass,
  ): MissingLink | null {
    return this.#missingAt(entry, { className, requestClass });
  }

  #missingAt(node: TopologyNode, asked: AskedClass | Handler): MissingLink | null {
    const steps = this.#stepsOf(node, asked);
    return steps === undefined ? { from: node.id, to: [] } : this.#missing(node, steps, asked);
  }

  #missing(
    node: TopologyNode,
    steps: readonly Step[],
    asked: AskedClass | Handler,
  ): MissingLink | null {
    for (const step of steps) {
      const missing =
        step.do === 'unless-hit' || step.do === 'until-hit' || step.do === 'aside'
          ? this.#missing(node, step.steps, asked)
          : step.do === 'call' && step.optional !== true
            ? this.#missingBehind(node, step.route, step.handler ?? restOf(asked, step.isRest))
            : step.do === 'append'
              ? this.#missingBehind(node, step.consumers, 'consume')
              : null;
      if (missing !== null) return missing;
    }
    return null;
  }

  #missingBehind(
    node: TopologyNode,
    route: string,
    asked: AskedClass | Handler,
  ): MissingLink | null {
    const groups = this.#groupsOf(node, route);
    const linked = this.#targetsOver(node, route);
    const group = groups.find((kinds) => linked.some((target) => kinds.includes(target.kind)));
    if (group === undefined) {
      const only = this.#destination(node, route);
      return { from: node.id, to: groups.flat(), ...(only === undefined ? {} : { only }) };
    }
    let first: MissingLink | null = null;
    for (const target of linked) {
      if (!group.includes(target.kind)) continue;
      const missing = this.#missingAt(target, asked);
      if (missing === null) return null;
      first ??= missing;
    }
    return first;
  }

  #stepsOf(node: TopologyNode, asked: AskedClass | Handler): readonly Step[] | undefined {
    const component = this.#options.kinds.components[node.kind];
    const around = this.#surroundings(node);
    return typeof asked === 'string'
      ? component.handlers?.(around, node)[asked]
      : component.request?.(asked.requestClass, around, { node, className: asked.className });
  }

  #surroundings(node: TopologyNode): Surroundings {
    const { kinds, profile, data } = this.#options;
    return {
      profile,
      size: kinds.sizeEntry(node),
      backgroundCores: backgroundCores(profile, node.kind),
      data,
      linked: (route) => this.#targetsOver(node, route).length > 0,
      targets: (route) => this.#targetsOver(node, route),
    };
  }

  #targetsOver(node: TopologyNode, route: string): readonly TopologyNode[] {
    const { components } = this.#options.kinds;
    const kinds = this.#groupsOf(node, route).flat();
    const only = this.#destination(node, route);
    return this.#targetsOf(node.id).filter(
      (target) =>
        kinds.includes(target.kind) &&
        (only === undefined || target.id === only) &&
        (components[target.kind].accepts?.(target, route) ?? true),
    );
  }

  /** The node that a route leads to when it is the route to one node only. */
  #destination(node: TopologyNode, route: string): NodeId | undefined {
    const { addresses = [], destinations } = this.#options.kinds.components[node.kind];
    const addressed = addresses.length > 0 ? this.#targetsOf(node.id).map(({ id }) => id) : [];
    return [...(destinations?.(node) ?? []), ...addressed].find((id) => routeTo(id) === route);
  }

  /** Kinds that a route may lead to, by preference; the route to one node may lead to any that the others do. */
  #groupsOf(node: TopologyNode, route: string): Route {
    const { routes } = this.#options.kinds.components[node.kind];
    return routes[route] ?? Object.values(routes).flat();
  }

  #targetsOf(id: NodeId): readonly TopologyNode[] {
    return this.#targets.get(id) ?? [];
  }
}

/** What is asked of the next node; `isRest`: messages have been served before. */
function restOf(asked: AskedClass | Handler, isRest = false): AskedClass | Handler {
  if (!isRest || typeof asked === 'string') return asked;
  return { ...asked, requestClass: withoutMessages(asked.requestClass) };
}
