import { EventQueue } from '../kernel/event-queue.ts';
import { createStream, createZipf, type RandomStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import type { DeadlineList } from '../primitives/deadline-list.ts';
import {
  CAUSES,
  END_TO_END,
  type LinkView,
  linkKey,
  type Measurement,
  type NodeId,
  OPERATIONS,
  type Operation,
  type Profile,
  type RequestClass,
  type Scenario,
  type Topology,
  WORKS,
} from '../protocol/index.ts';
import { Arrivals } from './arrivals.ts';
import * as kind from './event-kind.ts';
import { Interpreter } from './interpreter.ts';
import { MAX_DEPTH, RequestTable } from './request-table.ts';
import { type DeadlineOwner, Resources } from './resources.ts';
import { type RunningNode, shownAs } from './running-node.ts';
import { type Kinds, RunningTopology } from './running-topology.ts';
import { HANDLERS, type Handler } from './step.ts';
import { closeWindow, linkView } from './window.ts';

const TIME_OUT = CAUSES.indexOf('time-out');
const NODE_DOWN = CAUSES.indexOf('node-down');

const HANDLER_SHOWN_AS = {
  read: 'read',
  write: 'write',
  apply: 'write',
  get: 'read',
  set: 'read',
  forget: 'write',
} satisfies Record<Handler, Operation>;

export interface SimulatorOptions {
  readonly kinds: Kinds;
  readonly profile: Profile;
  readonly seed: number;
  readonly classes: Readonly<Record<string, RequestClass>>;
  readonly data: Scenario['data'];
  readonly arrivals: Scenario['arrivals'];
}

/** Requests through a topology, event by event. It knows nothing of money, users or stages. */
export class Simulator {
  readonly topology: RunningTopology;
  readonly #queue = new EventQueue(4096);
  readonly #requests = new RequestTable();
  readonly #resources: Resources;
  readonly #interpreter: Interpreter;
  readonly #arrivals: Arrivals;
  readonly #classNames: readonly string[];
  readonly #classStream: RandomStream;
  readonly #goodByClass: Float64Array;
  readonly #streams: readonly RandomStream[];
  /** By class: the share of arrivals up to and including it. */
  readonly #cumulativeShares: Float64Array;
  /** By class: where its time-outs stand. */
  readonly #timeouts: readonly DeadlineList[];
  #clients: RunningNode | null = null;
  #started: NodeId[] = [];
  #nowMs = 0;
  #windowStartMs = 0;

  constructor(options: SimulatorOptions) {
    const { profile, seed, data, kinds } = options;
    const classes = Object.values(options.classes);
    this.#classNames = Object.keys(options.classes);
    this.#cumulativeShares = new Float64Array(classes.length);
    this.#resources = new Resources(
      this.#queue,
      this.#requests.jobs,
      profile.quotaPeriodMs,
      (request) => this.#interpreter.resume(request),
    );
    this.topology = new RunningTopology({
      kinds,
      classes,
      data,
      profile,
      seed,
      queue: this.#queue,
      resources: this.#resources,
    });
    const stream = (name: string) => createStream(seed, name);
    const itemStream = stream('items');
    const rowStream = stream('rows');
    const arrivalStream = stream('arrivals');
    this.#classStream = stream('classes');
    this.#streams = [itemStream, rowStream, arrivalStream, this.#classStream];
    this.#goodByClass = new Float64Array(classes.length);
    this.#interpreter = new Interpreter({
      goodByClass: this.#goodByClass,
      queue: this.#queue,
      requests: this.#requests,
      resources: this.#resources,
      topology: this.topology,
      demands: {
        meanMs: Float64Array.from(WORKS, (work) => profile.demands[work].meanMs),
        cv: Float64Array.from(WORKS, (work) => profile.demands[work].cv),
      },
      popularity: {
        items: createZipf(data.items, data.zipfExponent),
        itemStream,
        rows: createZipf(data.hotRows, data.hotRowExponent),
        rowStream,
      },
      linkLatencyMs: profile.linkLatencyMs,
      shownAs: Int32Array.from(classes, (requestClass) => shownAs(requestClass.operations)),
      onTimeMs: Float64Array.from(classes, (requestClass) => requestClass.onTimeMs),
      handlerShownAs: Int32Array.from(HANDLERS, (h) => OPERATIONS.indexOf(HANDLER_SHOWN_AS[h])),
    });
    this.#arrivals = new Arrivals(this.#queue, kind.ARRIVAL, arrivalStream, options.arrivals);
    const lists = new Map(
      [...new Set(classes.map((requestClass) => requestClass.timeoutMs))].map(
        (ms) => [ms, this.#resources.deadlineList(ms, null)] as const,
      ),
    );
    this.#timeouts = classes.map((c) => lists.get(c.timeoutMs) as DeadlineList);
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** When something happens next; infinity when nothing will. */
  get nextEventMs(): number {
    return this.#queue.peekTimeMs();
  }

  get inFlight(): number {
    return this.#requests.inFlight;
  }

  /** Makes `topology` the running one; requests at nodes that are gone fail. `starting`: new nodes take their start-up time. */
  setTopology(topology: Topology, starting: boolean): void {
    const gone = this.topology.apply(topology, this.#nowMs, starting);
    for (const node of gone) this.#abandonAt(node);
    const id = topology.nodes.find((node) => node.kind === 'clients')?.id;
    this.#clients = (id === undefined ? undefined : this.topology.get(id)) ?? null;
    this.#interpreter.settle();
  }

  /** Drops what a node holds and starts it anew. */
  restart(id: NodeId): void {
    const node = this.topology.get(id);
    if (node === undefined) return;
    this.topology.startUp(node, this.#nowMs);
    node.store?.clear();
    this.#abandonAt(node);
    this.#interpreter.settle();
  }

  /** Offered load from now on: requests a second, and the classes' shares of it. */
  setLoad(perSecond: number, shares: Readonly<Record<string, number>>): void {
    const shareOf = (name: string) => (Object.hasOwn(shares, name) ? (shares[name] ?? 0) : 0);
    const total = this.#classNames.reduce((sum, name) => sum + shareOf(name), 0);
    let below = 0;
    this.#classNames.forEach((name, i) => {
      below += total > 0 ? shareOf(name) / total : 0;
      this.#cumulativeShares[i] = below;
    });
    this.#arrivals.setRate(total > 0 ? perSecond : 0, this.#nowMs);
  }

  /** Runs every event up to and including `timeMs`. */
  runUntil(timeMs: number): void {
    const queue = this.#queue;
    while (queue.peekTimeMs() <= timeMs) {
      queue.pop();
      this.#nowMs = queue.timeMs;
      this.#interpreter.nowMs = queue.timeMs;
      this.#handle(queue.kind, queue.a, queue.b);
      this.#interpreter.settle();
    }
    this.#nowMs = timeMs;
    this.#interpreter.nowMs = timeMs;
  }

  /** Ends the present window: the whole service's row first, then one a node in the topology's order. */
  closeWindow(topology: Topology, costPerHour: (id: NodeId) => number): Measurement[] {
    const nodes = topology.nodes.map((node) => this.topology.get(node.id) as RunningNode);
    const span = { startMs: this.#windowStartMs, endMs: this.#nowMs };
    this.#windowStartMs = this.#nowMs;
    const rows = closeWindow(nodes, span, costPerHour);
    const goodByClass = Object.fromEntries(
      this.#classNames.map((name, i) => [name, this.#goodByClass[i] as number]),
    );
    this.#goodByClass.fill(0);
    return rows.map((row) => (row.node === END_TO_END ? { ...row, goodByClass } : row));
  }

  /** Ends the present window of every link, in the topology's order; calls over links that were cut are not told. */
  closeLinkWindows(topology: Topology): LinkView[] {
    const views = topology.links.map((link) => linkView(link, this.topology.link(linkKey(link))));
    for (const link of this.topology.links) link.nextWindow();
    return views;
  }

  lockWaits(id: NodeId): number {
    return this.topology.get(id)?.locks?.waiting ?? 0;
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

  mixInto(hash: StateHash): void {
    hash.mixFloat(this.#nowMs);
    hash.mixInt(this.#queue.size);
    hash.mixInt(this.#requests.inFlight);
    for (const stream of this.#streams) for (const word of stream.state) hash.mixInt(word | 0);
    for (const node of this.topology.nodes) {
      node.meter.mixInto(hash);
      for (const word of node.service.state) hash.mixInt(word | 0);
      hash.mixInt(node.ready ? 1 : 0);
      hash.mixInt(node.store?.size ?? 0);
    }
  }

  #handle(eventKind: number, a: number, b: number): void {
    switch (eventKind) {
      case kind.ARRIVAL:
        if (this.#arrivals.accept(a, this.#nowMs)) this.#beginRequest();
        return;
      case kind.CALL_ARRIVED:
        return this.#interpreter.callArrived(a);
      case kind.ANSWERED:
        return this.#interpreter.resume(a);
      case kind.STATION:
        return this.#resources.stations[a]?.onEvent(b, this.#nowMs);
      case kind.DEADLINE:
        return this.#expire(a);
      default: {
        const node = this.topology.nodes[a] as RunningNode;
        if (this.topology.started(node, b)) this.#started.push(node.node.id);
      }
    }
  }

  #beginRequest(): void {
    if (this.#clients === null) return;
    const draw = this.#classStream.nextFloat();
    let requestClass = 0;
    while (
      requestClass < this.#cumulativeShares.length - 1 &&
      draw >= (this.#cumulativeShares[requestClass] as number)
    ) {
      requestClass++;
    }
    const request = this.#interpreter.begin(requestClass, this.#clients);
    const generation = this.#requests.generation[request] as number;
    this.#timeouts[requestClass]?.add(request, generation, this.#nowMs);
    this.#interpreter.resume(request);
  }

  #expire(listNumber: number): void {
    const { list, gate } = this.#resources.deadlines[listNumber] as DeadlineOwner;
    while (list.takeDue(this.#nowMs)) {
      if (gate === null) {
        if (this.#requests.generation[list.job] === list.ticket) {
          this.#interpreter.abandon(list.job, TIME_OUT);
        }
      } else if (this.#requests.waitTicket[list.job] === list.ticket) {
        this.#interpreter.waitedTooLong(list.job, gate);
      }
    }
  }

  #abandonAt(node: RunningNode): void {
    const t = this.#requests;
    for (const request of t.rows()) {
      for (let depth = 0; depth <= (t.depth[request] as number); depth++) {
        if (t.frameNode[request * MAX_DEPTH + depth] === node.number) {
          this.#interpreter.abandon(request, NODE_DOWN);
          break;
        }
      }
    }
  }
}
