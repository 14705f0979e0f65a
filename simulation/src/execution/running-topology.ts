import type { EventQueue } from '../kernel/event-queue.ts';
import { createStream } from '../kernel/random.ts';
import { LockTable } from '../primitives/lock-table.ts';
import { TokenPool } from '../primitives/token-pool.ts';
import type {
  BalancingPolicy,
  Link,
  NodeId,
  NodeKind,
  Profile,
  RequestClass,
  SizeEntry,
  Topology,
  TopologyNode,
} from '../protocol/index.ts';
import { linkKey } from '../protocol/index.ts';
import type { Component, Surroundings } from './component.ts';
import { STARTED } from './event-kind.ts';
import { Meter } from './meter.ts';
import { ProgramText } from './program.ts';
import type { Resource } from './resource.ts';
import type { Resources } from './resources.ts';
import { type Programs, RunningLink, type RunningNode, type RunningRoute } from './running-node.ts';
import { HANDLERS, type Step } from './step.ts';

/** What node kinds mean to the simulator: behaviour and figures, handed in so that it knows no kind itself. */
export interface Kinds {
  readonly components: Readonly<Record<NodeKind, Component>>;
  sizeEntry(node: TopologyNode): SizeEntry | null;
  startupMs(kind: NodeKind): number;
}

export interface RunningTopologyOptions {
  readonly kinds: Kinds;
  readonly classes: readonly RequestClass[];
  readonly data: { readonly items: number };
  readonly profile: Profile;
  readonly seed: number;
  readonly queue: EventQueue;
  readonly resources: Resources;
}

/** The topology as it runs: nodes with their primitives, links, routes and programs. */
export class RunningTopology {
  readonly nodes: RunningNode[] = [];
  readonly links: RunningLink[] = [];
  readonly routes: RunningRoute[] = [];
  readonly text = new ProgramText();
  /** Changes whenever a node or link comes or goes, or a node becomes ready or stops being it. */
  readiness = 0;
  readonly #options: RunningTopologyOptions;
  readonly #numbers = new Map<NodeId, number>();
  readonly #linkNumbers = new Map<string, number>();

  constructor(options: RunningTopologyOptions) {
    this.#options = options;
  }

  get(id: NodeId): RunningNode | undefined {
    const number = this.#numbers.get(id);
    return number === undefined ? undefined : this.nodes[number];
  }

  link(key: string): RunningLink | undefined {
    const number = this.#linkNumbers.get(key);
    return number === undefined ? undefined : this.links[number];
  }

  /**
   * Makes the running nodes and links those of `topology`. Nodes that stay keep what they hold; new ones
   * start up when `starting`, and are ready at once otherwise. The answer is the nodes that are gone.
   */
  apply(topology: Topology, nowMs: number, starting: boolean): RunningNode[] {
    const wanted = new Set(topology.nodes.map((node) => node.id));
    const gone = [...this.#numbers.keys()]
      .filter((id) => !wanted.has(id))
      .map((id) => this.#drop(id));
    for (const node of topology.nodes) {
      const running = this.get(node.id) ?? this.#add(node, nowMs, starting);
      running.node = node;
    }
    const linksFrom = new Map<NodeId, Link[]>();
    for (const link of topology.links) {
      linksFrom.set(link.from, [...(linksFrom.get(link.from) ?? []), link]);
    }
    for (const node of topology.nodes) this.#compile(node, linksFrom.get(node.id) ?? [], nowMs);
    this.readiness++;
    return gone;
  }

  /** Takes a node out of service until its start-up time has passed. */
  startUp(node: RunningNode, nowMs: number): void {
    node.ready = false;
    node.startVersion++;
    this.readiness++;
    const readyMs = nowMs + this.#options.kinds.startupMs(node.node.kind);
    this.#options.queue.push(readyMs, STARTED, node.number, node.startVersion);
  }

  /** A start-up has ended; false when a later one has begun meanwhile. */
  started(node: RunningNode, version: number): boolean {
    if (node.startVersion !== version) return false;
    node.ready = true;
    this.readiness++;
    return true;
  }

  /** Brings a route's ready nodes up to date. */
  refresh(caller: RunningNode, route: RunningRoute): void {
    const groups = route.groups.map((group) => group.map((n) => this.nodes[n] as RunningNode));
    route.ready =
      groups.map((nodes) => nodes.filter((n) => n.ready)).find((n) => n.length > 0) ?? [];
    route.links = route.ready.map(
      (node) => this.links[caller.links.get(node.number) as number] as RunningLink,
    );
    route.readiness = this.readiness;
  }

  #drop(id: NodeId): RunningNode {
    const node = this.get(id) as RunningNode;
    node.ready = false;
    node.startVersion++;
    if (node.store !== null) this.#options.resources.dropStore(node.store);
    node.store = null;
    this.#numbers.delete(id);
    return node;
  }

  #add(node: TopologyNode, nowMs: number, starting: boolean): RunningNode {
    const number = this.nodes.length;
    const running: RunningNode = {
      number,
      node,
      ready: true,
      startVersion: 0,
      meter: new Meter(),
      service: createStream(this.#options.seed, `service of ${node.id}`),
      resources: new Map(),
      routes: new Map(),
      links: new Map(),
      programs: new Map(),
      entries: new Int32Array(this.#options.classes.length).fill(-1),
      handlerEntries: new Int32Array(HANDLERS.length).fill(-1),
      station: null,
      cores: 0,
      connections: null,
      locks: null,
      store: null,
      behindSinceMs: null,
      usedMs: 0,
      waitingArea: 0,
      lockArea: 0,
    };
    this.nodes.push(running);
    this.#numbers.set(node.id, number);
    if (starting) this.startUp(running, nowMs);
    return running;
  }

  #compile(node: TopologyNode, links: readonly Link[], nowMs: number): void {
    const running = this.get(node.id) as RunningNode;
    const component = this.#options.kinds.components[node.kind];
    const targets = links.map((link) => this.#linkTo(running, link));
    for (const [name, route] of Object.entries(component.routes)) {
      const groups = route.map((kinds) =>
        targets.filter((target) => kinds.includes(target.node.kind)).map((target) => target.number),
      );
      this.#setRoute(running, name, groups, component.balancing?.(node) ?? 'round-robin');
    }
    const around = this.#surroundings(running);
    for (const [name, resource] of Object.entries(component.resources(node, around))) {
      this.#setResource(running, name, resource, nowMs);
    }
    this.#setPrograms(running, component, around);
  }

  #linkTo(from: RunningNode, link: Link): RunningNode {
    const to = this.get(link.to) as RunningNode;
    const key = linkKey(link);
    if (from.links.get(to.number) === undefined) {
      from.links.set(to.number, this.links.length);
      this.links.push(new RunningLink(key));
    }
    this.#linkNumbers.set(key, from.links.get(to.number) as number);
    return to;
  }

  #setRoute(node: RunningNode, name: string, groups: number[][], policy: BalancingPolicy): void {
    const number = node.routes.get(name);
    if (number === undefined) {
      node.routes.set(name, this.routes.length);
      this.routes.push({ groups, policy, turn: 0, ready: [], links: [], readiness: -1 });
      return;
    }
    const route = this.routes[number] as RunningRoute;
    route.groups = groups;
    route.policy = policy;
  }

  #setResource(node: RunningNode, name: string, resource: Resource, nowMs: number): void {
    const { resources } = this.#options;
    const known = node.resources.get(name);
    const number = known ?? resources.create(resource, nowMs);
    if (known === undefined) node.resources.set(name, number);
    else resources.configure(resource, number, nowMs);
    if (resource.type === 'station') {
      node.station = resources.stations[number] ?? null;
      node.cores = Math.min(resource.cores, resource.parallel);
    } else if (resource.type === 'store') {
      node.store = resources.stores[number] ?? null;
    } else {
      const holder = resources.gates[number]?.holder;
      if (holder instanceof LockTable) node.locks = holder;
      else if (holder instanceof TokenPool && resource.type === 'pool' && resource.connections) {
        node.connections = holder;
      }
    }
  }

  /** The programs for the node's size and the routes that lead somewhere, compiled when these are new to it. */
  #setPrograms(node: RunningNode, component: Component, around: Surroundings): void {
    const linked = Object.keys(component.routes).filter((name) => around.linked(name));
    const shape = [around.size?.size, ...linked].join(' ');
    const programs = node.programs.get(shape) ?? this.#compilePrograms(node, component, around);
    node.programs.set(shape, programs);
    node.entries = programs.entries;
    node.handlerEntries = programs.handlerEntries;
    if (component.handlers?.(around).apply !== undefined) node.behindSinceMs ??= [];
  }

  #compilePrograms(node: RunningNode, component: Component, around: Surroundings): Programs {
    const names = {
      resource: (name: string) => numberOf(node.resources, name, node.node),
      route: (name: string) => numberOf(node.routes, name, node.node),
    };
    const entryOf = (steps: readonly Step[] | undefined) =>
      steps === undefined ? -1 : this.text.add(steps, names);
    const handlers = component.handlers?.(around) ?? {};
    return {
      entries: Int32Array.from(this.#options.classes, (requestClass) =>
        entryOf(component.request?.(requestClass, around)),
      ),
      handlerEntries: Int32Array.from(HANDLERS, (handler) => entryOf(handlers[handler])),
    };
  }

  #surroundings(node: RunningNode): Surroundings {
    const { kinds, profile, data } = this.#options;
    return {
      profile,
      size: kinds.sizeEntry(node.node),
      data,
      linked: (name) => {
        const route = this.routes[numberOf(node.routes, name, node.node)];
        return route?.groups.some((group) => group.length > 0) ?? false;
      },
    };
  }
}

function numberOf(names: ReadonlyMap<string, number>, name: string, node: TopologyNode): number {
  const number = names.get(name);
  if (number === undefined) throw new Error(`${node.kind} declares no "${name}"`);
  return number;
}
