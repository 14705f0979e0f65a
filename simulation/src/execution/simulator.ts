import type { EventQueue } from '../kernel/event-queue.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import {
  CAUSES,
  type Drill,
  END_TO_END,
  type FaultHappening,
  type FaultKind,
  type LinkView,
  linkKey,
  type Measurement,
  type NodeId,
  type NodeView,
  type Topology,
  type TopologyNode,
} from '../protocol/index.ts';
import type { Arrivals } from './arrivals.ts';
import type { Clock } from './clock.ts';
import type { Disturbances } from './disturbances.ts';
import * as kind from './event-kind.ts';
import type { Interpreter } from './interpreter.ts';
import { Interruptions } from './interruptions.ts';
import type { RequestTable } from './request-table.ts';
import type { DeadlineOwner } from './resources.ts';
import type { RunningNode } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';
import { buildParts, type SimulatorOptions, type SimulatorParts } from './simulator-parts.ts';
import { mixParts } from './state-mix.ts';
import type { Tracing } from './tracing.ts';
import { closeWindow, linkView } from './window.ts';

const TIME_OUT = CAUSES.indexOf('time-out');

export type { SimulatorOptions } from './simulator-parts.ts';

/** Requests through a topology, event by event. It knows nothing of money, users or stages. */
export class Simulator {
  readonly topology: RunningTopology;
  /** Requests that are followed on their way: sampled and taken here. */
  readonly tracing: Tracing;
  readonly #parts: SimulatorParts;
  readonly #queue: EventQueue;
  readonly #requests: RequestTable;
  readonly #interpreter: Interpreter;
  readonly #disturbances: Disturbances;
  readonly #interruptions: Interruptions;
  readonly #clock: Clock;
  readonly #arrivals: Arrivals;
  #clients: RunningNode | null = null;
  #started: NodeId[] = [];
  #windowStartMs = 0;

  constructor(options: SimulatorOptions) {
    const parts = buildParts(options, {
      resume: (request) => this.#interpreter.resume(request),
      stop: (node, cause) => this.#interruptions.stop(node, cause, this.nowMs),
    });
    this.#parts = parts;
    this.topology = parts.topology;
    this.tracing = parts.tracing;
    this.#clock = parts.clock;
    this.#arrivals = parts.arrivals;
    this.#queue = parts.queue;
    this.#requests = parts.requests;
    this.#interpreter = parts.interpreter;
    this.#disturbances = parts.disturbances;
    this.#interruptions = new Interruptions(parts);
  }

  get nowMs(): number {
    return this.#clock.nowMs;
  }

  /** When something happens next; infinity when nothing will. */
  get nextEventMs(): number {
    return Math.min(this.#arrivals.nextMs, this.#queue.peekTimeMs());
  }

  get inFlight(): number {
    return this.#requests.inFlight;
  }

  /** Events set and requests arrived since the beginning: what a run costs is counted in these. */
  get events(): number {
    return this.#queue.added + this.#arrivals.count;
  }

  /** Makes `topology` the running one; requests at nodes that are gone fail. `starting`: new nodes take their start-up time. */
  setTopology(topology: Topology, starting: boolean): void {
    const changed = topology.nodes.filter(({ id, kind }) => {
      const running = this.topology.get(id);
      return running !== undefined && running.node.kind !== kind;
    });
    const gone = this.topology.apply(topology, this.nowMs, starting);
    this.#parts.deliveries.follow(this.#nodesOf(topology), !starting, this.nowMs);
    for (const node of gone) {
      this.#interruptions.remove(node, this.nowMs);
    }
    for (const { id } of changed)
      this.#interruptions.promote(this.topology.get(id) as RunningNode, starting, this.nowMs);
    this.#parts.replication.follow(this.#nodesOf(topology), this.nowMs);
    this.#parts.scraping.follow(this.#nodesOf(topology), this.nowMs);
    this.#disturbances.topologyChanged(gone, this.nowMs);
    const id = topology.nodes.find((node) => node.kind === 'clients')?.id;
    this.#clients = (id === undefined ? undefined : this.topology.get(id)) ?? null;
    this.#interpreter.admitWaiting();
    this.#interpreter.settle();
  }

  /** Drops what a node holds and starts it anew. */
  restart(id: NodeId): void {
    const node = this.topology.get(id);
    if (node === undefined) return;
    this.#disturbances.restart(node, this.nowMs);
    this.#interpreter.settle();
  }

  /** Sends a node no new requests, until its next start. */
  drain(id: NodeId): void {
    const node = this.topology.get(id);
    if (node !== undefined) this.topology.setDraining(node, true);
  }

  /** Whether no call to the node is under way. */
  isIdle(id: NodeId): boolean {
    const node = this.topology.get(id);
    return node === undefined || this.topology.callsTo(node) === 0;
  }

  /** A fault begins now, beside those it was made with. */
  beginFault(fault: Drill): void {
    this.#disturbances.begin(fault, this.nowMs);
    this.#interpreter.settle();
  }

  /** Whether a fault of this name has been there, or will be. */
  knowsFault(id: string): boolean {
    return this.#disturbances.knows(id);
  }

  /** Kinds of the faults at a node. */
  faultsAt(node: TopologyNode): FaultKind[] {
    return this.#disturbances.at(node);
  }

  /** Whether a fault that no restart ends keeps the node from running. */
  isLost(id: NodeId): boolean {
    const node = this.topology.get(id);
    return node !== undefined && this.#disturbances.isLost(node);
  }

  /** What faults have brought about since the last call. */
  takeFaultNews(): FaultHappening[] {
    return this.#disturbances.takeNews();
  }

  /** Offered load from now on: requests a second, and the classes' shares of it. */
  setLoad(perSecond: number, shares: Readonly<Record<string, number>>): void {
    const hasShares = this.#parts.mix.setShares(shares);
    this.#arrivals.setRate(hasShares ? perSecond : 0, this.nowMs);
  }

  /** Runs every event up to and including `timeMs`; of two at one instant an arrival comes first. */
  runUntil(timeMs: number): void {
    const clock = this.#clock;
    const queue = this.#queue;
    const arrivals = this.#arrivals;
    const interpreter = this.#interpreter;
    for (;;) {
      const eventMs = queue.peekTimeMs();
      const arrivalMs = arrivals.nextMs;
      if (arrivalMs <= eventMs) {
        if (arrivalMs > timeMs) break;
        clock.nowMs = arrivalMs;
        arrivals.advance();
        this.#beginRequest();
      } else {
        if (eventMs > timeMs) break;
        queue.pop();
        clock.nowMs = eventMs;
        this.#handle(queue.kind, queue.a, queue.b);
      }
      interpreter.settle();
    }
    clock.nowMs = timeMs;
  }

  /** Ends the present window: the whole service's row first, then one a node in the topology's order. */
  closeWindow(topology: Topology, costPerHour: (id: NodeId) => number): Measurement[] {
    const nodes = this.#nodesOf(topology);
    const span = { startMs: this.#windowStartMs, endMs: this.nowMs };
    this.#windowStartMs = this.nowMs;
    const rows = closeWindow(nodes, span, costPerHour);
    const goodByClass = Object.fromEntries(
      this.#parts.mix.names.map((name, i) => [name, this.#parts.goodByClass[i] as number]),
    );
    this.#parts.goodByClass.fill(0);
    const whole = { goodByClass, ...this.#parts.hostile.takeFigures() };
    return rows.map((row) => (row.node === END_TO_END ? { ...row, ...whole } : row));
  }

  /** Ends the present window of every link, in the topology's order; calls over links that were cut are not told. */
  closeLinkWindows(topology: Topology): LinkView[] {
    const views = topology.links.map((link) => linkView(link, this.topology.link(linkKey(link))));
    for (const link of this.topology.links) link.nextWindow();
    return views;
  }

  lockWaits(id: NodeId): number {
    const locks = this.topology.get(id)?.locks ?? [];
    return locks.reduce((sum, table) => sum + table.waiting, 0);
  }

  /** Writes of others that a node has yet to apply. */
  unappliedWrites(id: NodeId): number {
    return this.topology.get(id)?.following?.log.length ?? 0;
  }

  stateOf(id: NodeId): NodeView['state'] {
    const node = this.topology.get(id);
    if (node?.ready) return 'ready';
    return node !== undefined && this.#disturbances.isHeldDown(node) ? 'down' : 'starting';
  }

  isReady(id: NodeId): boolean {
    return this.topology.get(id)?.ready ?? false;
  }

  /** Nodes whose start-up has ended since the last call and that are ready still. */
  takeStarted(): NodeId[] {
    const started = this.#started.filter((id) => this.isReady(id));
    this.#started = [];
    return started;
  }

  /** Scrape rounds that monitoring nodes have completed since the last call. */
  takeScrapeRounds(): number {
    return this.#parts.scraping.takeCompleted();
  }

  mixInto(hash: StateHash): void {
    hash.mixFloat(this.nowMs);
    mixParts(hash, this.#parts);
  }

  #handle(eventKind: number, a: number, b: number): void {
    switch (eventKind) {
      case kind.CALL_ARRIVED:
        return this.#interpreter.callArrived(this.#requests.at(a));
      case kind.ANSWERED:
        return this.#interpreter.resume(this.#requests.at(a));
      case kind.ATTEMPT_ANSWERED:
        return this.#interpreter.attemptAnswered(this.#requests.at(a));
      case kind.RETRY:
        return this.#interpreter.retry(this.#requests.at(a), b);
      case kind.STATION:
        return this.#parts.resources.stations[a]?.onEvent(b, this.nowMs);
      case kind.DEADLINE:
        return this.#expire(a);
      case kind.RESENT:
        return this.#interpreter.resend(this.#requests.at(a), b);
      case kind.MEMORY_FULL:
        return this.#disturbances.checkMemory(this.topology.nodes[a] as RunningNode, this.nowMs);
      case kind.NODE_TIMER:
        return this.#parts.resources.timers.onEvent(a, b, this.nowMs);
      default: {
        const node = this.topology.nodes[a] as RunningNode;
        if (!this.topology.started(node, b)) return;
        this.#started.push(node.node.id);
        this.#parts.replication.catchUp(node, this.nowMs);
        this.#parts.deliveries.readinessChanged(this.nowMs);
      }
    }
  }

  #beginRequest(): void {
    if (this.#clients === null) return;
    const requestClass = this.#parts.mix.draw();
    const request = this.#interpreter.begin(requestClass, this.#clients);
    this.#parts.timeouts[requestClass]?.add(request.row, request.generation, this.nowMs);
    this.#interpreter.resume(request);
  }

  #expire(listNumber: number): void {
    const { list, about } = this.#parts.resources.deadlines[listNumber] as DeadlineOwner;
    while (list.takeDue(this.nowMs)) {
      const request = this.#requests.at(list.job);
      if (about === 'requests') this.#interpreter.abandon(request, TIME_OUT);
      else if (about === 'calls') this.#interpreter.callTimedOut(request, list.ticket);
      else this.#interpreter.waitedTooLong(request, about);
    }
  }

  #nodesOf(topology: Topology): RunningNode[] {
    return topology.nodes.map((node) => this.topology.get(node.id) as RunningNode);
  }
}
