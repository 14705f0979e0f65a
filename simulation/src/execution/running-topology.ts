import type { EventQueue } from '../kernel/event-queue.ts';
import type {
  Link,
  NodeId,
  Profile,
  RequestClass,
  Topology,
  TopologyNode,
} from '../protocol/index.ts';
import { STARTED } from './event-kind.ts';
import { HealthChecks } from './health-checks.ts';
import type { Kinds } from './kinds.ts';
import { NodePlaces } from './node-places.ts';
import { NodeWiring } from './node-wiring.ts';
import { ProgramText } from './program.ts';
import type { Resources } from './resources.ts';
import {
  createRunningNode,
  type RunningLink,
  type RunningNode,
  type RunningRoute,
} from './running-node.ts';

export interface RunningTopologyOptions {
  readonly kinds: Kinds;
  readonly classes: Readonly<Record<string, RequestClass>>;
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
  readonly health: HealthChecks;
  readonly places: NodePlaces;
  /** Told of each node that has become ready. */
  onStarted: (node: RunningNode, nowMs: number) => void = () => {};
  /** Changes whenever a node or link comes or goes, or a node becomes ready or stops being it. */
  readiness = 0;
  readonly #options: RunningTopologyOptions;
  readonly #numbers = new Map<NodeId, number>();
  readonly #linksByKey = new Map<string, RunningLink>();
  readonly #wiring: NodeWiring;

  constructor(options: RunningTopologyOptions) {
    this.#options = options;
    this.places = new NodePlaces(options.resources, options.seed);
    this.health = new HealthChecks(options.resources.timers, () => this.readiness++);
    this.#wiring = new NodeWiring(this, options);
  }

  get(id: NodeId): RunningNode | undefined {
    const number = this.#numbers.get(id);
    return number === undefined ? undefined : this.nodes[number];
  }

  /** The nodes of the latest topology; `nodes` has those that are gone as well. */
  get present(): RunningNode[] {
    return this.nodes.filter((node) => this.get(node.node.id) === node);
  }

  /** Items that the run's data consists of. */
  get items(): number {
    return this.#options.data.items;
  }

  link(key: string): RunningLink | undefined {
    return this.#linksByKey.get(key);
  }

  /** The link over which a node calls another, which it must be linked to. */
  linkTo(from: RunningNode, number: number): RunningLink {
    return from.links.get(number) as RunningLink;
  }

  /** From now on this link is found by its key. */
  nameLink(key: string, link: RunningLink): void {
    this.#linksByKey.set(key, link);
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
    for (const node of topology.nodes) {
      this.#wiring.wire(this.get(node.id) as RunningNode, linksFrom.get(node.id) ?? [], nowMs);
    }
    this.readiness++;
    return gone;
  }

  /** Takes a node out of service until its start-up time has passed. */
  startUp(node: RunningNode, nowMs: number): void {
    this.takeDown(node);
    node.draining = false;
    const readyMs = nowMs + this.#options.kinds.startupMs(node.node.kind);
    this.#options.queue.push(readyMs, STARTED, node.number, node.startVersion);
  }

  /** Calls under way to a node, over all links. */
  callsTo(node: RunningNode): number {
    let calls = 0;
    for (const { links } of this.nodes) calls += links.get(node.number)?.inFlight ?? 0;
    return calls;
  }

  /** Sends a node no new calls while there are others that take them, or sends it calls again. */
  setDraining(node: RunningNode, draining: boolean): void {
    node.draining = draining;
    this.readiness++;
  }

  /** Takes a node out of service until it is started up. */
  takeDown(node: RunningNode): void {
    node.ready = false;
    node.startVersion++;
    this.readiness++;
  }

  /** A start-up has ended; false when a later one has begun meanwhile. */
  started(node: RunningNode, version: number): boolean {
    if (node.startVersion !== version) return false;
    node.ready = true;
    this.readiness++;
    this.onStarted(node, this.#options.queue.timeMs);
    return true;
  }

  #drop(id: NodeId): RunningNode {
    const node = this.get(id) as RunningNode;
    node.ready = false;
    node.startVersion++;
    this.health.forget(node);
    this.#options.resources.timers.disarmNode(node.number);
    if (node.store !== null) this.#options.resources.dropStore(node.store);
    node.store = null;
    node.log = null;
    this.#numbers.delete(id);
    return node;
  }

  #add(node: TopologyNode, nowMs: number, starting: boolean): RunningNode {
    const number = this.nodes.length;
    const running = createRunningNode(number, node, this.#options);
    this.nodes.push(running);
    this.#numbers.set(node.id, number);
    if (starting) this.startUp(running, nowMs);
    return running;
  }
}
