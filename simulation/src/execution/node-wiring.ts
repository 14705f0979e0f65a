import { createStream } from '../kernel/random.ts';
import type { CallOptions, Link, RequestClass, TopologyNode } from '../protocol/index.ts';
import { linkKey, zoneOf } from '../protocol/index.ts';
import { backgroundCores, type Component, routeTo, type Surroundings } from './component.ts';
import { LinkGuard } from './link-guard.ts';
import { withoutMessages } from './messages.ts';
import { NodeResources } from './node-resources.ts';
import { type Programs, RunningLink, type RunningNode, type RunningRoute } from './running-node.ts';
import type { RunningTopology, RunningTopologyOptions } from './running-topology.ts';
import { HANDLERS, type Step } from './step.ts';

/** Wires nodes as their kinds declare: links, routes, primitives, programs. */
export class NodeWiring {
  readonly #topology: RunningTopology;
  readonly #options: RunningTopologyOptions;
  readonly #resources: NodeResources;

  constructor(topology: RunningTopology, options: RunningTopologyOptions) {
    this.#topology = topology;
    this.#options = options;
    this.#resources = new NodeResources(options.resources, topology.places, options.seed);
  }

  /** Brings a node's routes, primitives and programs in line with its declaration and links. */
  wire(running: RunningNode, links: readonly Link[], nowMs: number): void {
    const { node } = running;
    const component = this.#options.kinds.components[node.kind];
    const targets = links.map((link) => this.#linkTo(running, link, nowMs));
    for (const [name, route] of Object.entries(component.routes)) {
      const groups = route.map((kinds) =>
        targets
          .filter(({ node: target }) => kinds.includes(target.kind) && this.#accepts(target, name))
          .map((target) => target.number),
      );
      const policy = component.balancing?.(node) ?? 'round-robin';
      const isByItem = component.byItem?.includes(name) ?? false;
      if (isByItem) for (const group of groups) group.sort((a, b) => this.#byName(a, b));
      this.#setRoute(running, name, { groups, policy, isByItem });
    }
    const addressed = component.addresses?.flatMap((name) => this.#targets(running, name)) ?? [];
    const destinations = [
      ...(component.destinations?.(node) ?? []),
      ...addressed.map((number) => (this.#topology.nodes[number] as RunningNode).node.id),
    ];
    for (const [name, number] of running.routes) {
      if (name.startsWith(routeTo(''))) (this.#topology.routes[number] as RunningRoute).groups = [];
    }
    for (const id of destinations) {
      const there = targets.filter((target) => target.node.id === id);
      const groups = [there.map(({ number }) => number)];
      this.#setRoute(running, routeTo(id), { groups, policy: 'round-robin', isByItem: false });
    }
    const servers = targets.map((target) => ({
      node: target,
      link: this.#topology.linkTo(running, target.number),
    }));
    this.#topology.health.configure(running, servers, component.healthCheck?.(node) ?? null, nowMs);
    const around = this.#surroundings(running);
    running.cores = 0;
    running.backgroundCores = 0;
    running.connections = [];
    for (const [name, resource] of Object.entries(component.resources(node, around))) {
      this.#resources.set(running, name, resource, nowMs);
    }
    running.isCopy = component.copies ?? false;
    running.consumer = component.consumes?.(node) ?? null;
    running.replicationRoutes = component.replicatesOver ?? [];
    this.#setPrograms(running, component, around);
  }

  #linkTo(from: RunningNode, link: Link, nowMs: number): RunningNode {
    const to = this.#topology.get(link.to) as RunningNode;
    const running = from.links.get(to.number) ?? this.#newLink(from, link, to);
    running.weight = link.weight ?? 1;
    this.#topology.nameLink(linkKey(link), running);
    this.#guard(running, link.calls, nowMs);
    return to;
  }

  #newLink(from: RunningNode, link: Link, to: RunningNode): RunningLink {
    const running = new RunningLink(link, to, this.#latencyMs(from.node, to.node));
    from.links.set(to.number, running);
    this.#topology.links.push(running);
    return running;
  }

  #guard(link: RunningLink, options: CallOptions | undefined, nowMs: number): void {
    if (options === undefined) {
      link.guard = null;
      return;
    }
    const { seed, resources } = this.#options;
    link.guard ??= new LinkGuard(createStream(seed, `retries over ${link.key}`));
    const { timeoutMs } = options;
    const deadlines = timeoutMs === undefined ? null : resources.callDeadlines(timeoutMs);
    link.guard.configure(options, deadlines, nowMs);
  }

  #latencyMs(from: TopologyNode, to: TopologyNode): number {
    const { linkLatencyMs, zoneLatencyMs = 0 } = this.#options.profile;
    const [here, there] = [zoneOf(from), zoneOf(to)];
    const isAcross = here !== null && there !== null && here !== there;
    return linkLatencyMs + (isAcross ? zoneLatencyMs : 0);
  }

  #setRoute(
    node: RunningNode,
    name: string,
    declared: Pick<RunningRoute, 'groups' | 'policy' | 'isByItem'>,
  ): void {
    const number = node.routes.get(name);
    if (number === undefined) {
      node.routes.set(name, this.#topology.routes.length);
      const upToDate = { ready: [], turns: [], readiness: -1 };
      this.#topology.routes.push({ ...declared, turn: 0, ...upToDate });
      return;
    }
    const route = this.#topology.routes[number] as RunningRoute;
    route.groups = declared.groups;
    route.policy = declared.policy;
  }

  /** Two nodes by number in the order of their names. */
  #byName(a: number, b: number): number {
    const { nodes } = this.#topology;
    return (nodes[a] as RunningNode).node.id < (nodes[b] as RunningNode).node.id ? -1 : 1;
  }

  /** The programs for the node's size and the routes that lead somewhere, compiled when these are new to it. */
  #setPrograms(node: RunningNode, component: Component, around: Surroundings): void {
    const linked = [...node.routes.keys()].filter((name) => around.linked(name));
    const targets = linked.map((name) => [name, ...around.targets(name).map(optionsOf)]);
    const shape = JSON.stringify([optionsOf(node.node), targets]);
    const programs = node.programs.get(shape) ?? this.#compilePrograms(node, component, around);
    node.programs.set(shape, programs);
    node.entries = programs.entries;
    node.restEntries = programs.restEntries;
    node.handlerEntries = programs.handlerEntries;
  }

  #compilePrograms(node: RunningNode, component: Component, around: Surroundings): Programs {
    const names = {
      resource: (name: string) => numberOf(node.resources, name, node.node),
      route: (name: string) => numberOf(node.routes, name, node.node),
    };
    const entryOf = (steps: readonly Step[] | undefined) =>
      steps === undefined ? -1 : this.#topology.text.add(steps, names);
    const handlers = component.handlers?.(around, node.node) ?? {};
    const stepsOf = (className: string, requestClass: RequestClass) =>
      component.request?.(requestClass, around, { node: node.node, className });
    const classes = Object.entries(this.#options.classes);
    const entries = Int32Array.from(classes, ([name, whole]) => entryOf(stepsOf(name, whole)));
    return {
      entries,
      restEntries: Int32Array.from(classes, ([name, whole], i) => {
        const rest = withoutMessages(whole);
        return rest === whole ? (entries[i] as number) : entryOf(stepsOf(name, rest));
      }),
      handlerEntries: Int32Array.from(HANDLERS, (handler) => entryOf(handlers[handler])),
    };
  }

  #surroundings(node: RunningNode): Surroundings {
    const { kinds, profile, data } = this.#options;
    return {
      profile,
      size: kinds.sizeEntry(node.node),
      backgroundCores: backgroundCores(profile, node.node.kind),
      data,
      linked: (name) => this.#targets(node, name).length > 0,
      targets: (name) =>
        this.#targets(node, name).map(
          (number) => (this.#topology.nodes[number] as RunningNode).node,
        ),
    };
  }

  #targets(node: RunningNode, routeName: string): readonly number[] {
    return this.#topology.routes[numberOf(node.routes, routeName, node.node)]?.groups.flat() ?? [];
  }

  #accepts(target: TopologyNode, routeName: string): boolean {
    return this.#options.kinds.components[target.kind].accepts?.(target, routeName) ?? true;
  }
}

/** What a node's programs may depend on: all that the player has set but its name and place. */
function optionsOf(node: TopologyNode): object {
  return { ...node, id: undefined, position: undefined };
}

function numberOf(names: ReadonlyMap<string, number>, name: string, node: TopologyNode): number {
  const number = names.get(name);
  if (number === undefined) throw new Error(`${node.kind} declares no "${name}"`);
  return number;
}
