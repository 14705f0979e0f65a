import type { EventQueue } from '../kernel/event-queue.ts';
import type { ConsumerGroup } from '../primitives/consumer-group.ts';
import { resized } from '../primitives/jobs.ts';
import type { MessageLog } from '../primitives/log.ts';
import type { Timers } from '../primitives/timers.ts';
import { CAUSES } from '../protocol/index.ts';
import { beginBackground } from './background.ts';
import { ANSWERED } from './event-kind.ts';
import { Relays } from './relays.ts';
import type { Request } from './request.ts';
import { DELIVERY, type RequestTable } from './request-table.ts';
import type { RunningLink, RunningNode, RunningRoute } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';
import { HANDLERS } from './step.ts';
import { consumersOf, Subscription, type SubscriptionOptions } from './subscription.ts';

const QUEUE_FULL = CAUSES.indexOf('queue-full');
const MESSAGE_TOO_LARGE = CAUSES.indexOf('message-too-large');
const DELIVER = HANDLERS.indexOf('deliver');

export interface DeliveryOptions {
  readonly queue: EventQueue;
  readonly requests: RequestTable;
  readonly timers: Timers;
  readonly topology: RunningTopology;
}

/**
 * Takes messages from producers and brings them to consumers. A message in a log is nobody's request: the
 * one that produced it has been served. Each delivery is background work that begins at the log's node
 * with the handler `deliver`, calls the consumer with `consume`, and commits when that has answered; then the
 * consumer gets its next message.
 */
export class Deliveries {
  readonly #o: DeliveryOptions;
  /** Nodes with a log. */
  #nodes: readonly RunningNode[] = [];
  /** Every one of the run, by number. */
  readonly #subscriptions: Subscription[] = [];
  /** Those of a log at present. */
  readonly #ofLog = new Map<MessageLog, readonly Subscription[]>();
  /** Links from a log's node to a consumer that carried nothing when they were last looked at. */
  readonly #cutLinks = new Set<RunningLink>();
  /** By request: the size of the message it has composed. */
  #kib = new Int32Array(0);
  /** By request: the subscription, the partition and the offset that it delivers for. */
  #subscription = new Int32Array(0);
  #partition = new Int32Array(0);
  #offset = new Float64Array(0);
  readonly #relays: Relays;
  readonly #starting: SubscriptionOptions;

  constructor(options: DeliveryOptions) {
    this.#o = options;
    this.#relays = new Relays(options);
    this.#starting = {
      timers: options.timers,
      takesMessages: (node) => options.topology.nodes[node]?.draining === false,
      start: (subscription, partition, nowMs) => this.#start(subscription, partition, nowMs),
    };
  }

  /** A request is about to produce a message about the row that it has drawn. */
  compose({ row }: Request, kib: number): void {
    if (row >= this.#kib.length) this.#grow();
    this.#kib[row] = kib;
  }

  /**
   * The request's next steps are done as background work of its node, which knows its row and message; `isLasting`: they
   * are begun again when they fail.
   */
  goAside(request: Request, isLasting: boolean, nowMs: number): void {
    const { here, position: entry, item } = request;
    const aside = beginBackground(this.#o, here.node, { entry, item }, nowMs);
    this.compose(aside, this.#kib[request.row] ?? 0);
    if (isLasting) this.#relays.began(aside);
  }

  /** Background work has failed; before its request is over. */
  asideFailed(request: Request, nowMs: number): void {
    this.#relays.failed(request, nowMs);
  }

  /** Appends a request's message to the log of the node where it is; the cause when it is refused, else -1. */
  append({ row, item, here: { node } }: Request, nowMs: number): number {
    const log = node.log as MessageLog;
    const kib = this.#kib[row] as number;
    if (kib > log.options.maxMessageKiB) return MESSAGE_TOO_LARGE;
    const partition = log.append(item, kib, nowMs);
    if (partition < 0) return QUEUE_FULL;
    const subscriptions = this.#ofLog.get(log) ?? [];
    for (let i = 0; i < subscriptions.length; i++) {
      (subscriptions[i] as Subscription).offer(partition, nowMs);
    }
    return -1;
  }

  /**
   * The node that a delivery goes to, null when it has been taken back. For a consumer that knows messages
   * again, one that has had its effect is a hit.
   */
  handOver(request: Request): RunningNode | null {
    const subscription = this.#subscriptionOf(request);
    const partition = this.#partition[request.row] as number;
    if (!subscription.isCurrent(partition, request.row)) return null;
    const { nodes } = this.#o.topology;
    const consumer = nodes[subscription.workerNode(partition)] as RunningNode;
    request.hit =
      subscription.group.effective[partition] === true && consumer.consumer?.idempotent === true;
    return consumer;
  }

  /** What a delivered message asks for is done, though not committed yet. */
  takeEffect(request: Request): void {
    if (request.requestClass !== DELIVERY) return;
    this.#subscriptionOf(request).tookEffect(
      this.#partition[request.row] as number,
      this.#offset[request.row] as number,
      request.root.enteredMs,
    );
  }

  /** An attempt at a request's call brings the same message. */
  share({ row: request }: Request, { row: attempt }: Request): void {
    if (this.#kib.length === 0) return;
    if (Math.max(request, attempt) >= this.#kib.length) this.#grow();
    this.#kib[attempt] = this.#kib[request] as number;
    this.#subscription[attempt] = this.#subscription[request] as number;
    this.#partition[attempt] = this.#partition[request] as number;
    this.#offset[attempt] = this.#offset[request] as number;
  }

  /** A delivery is over. One that was taken back from its consumer changes nothing. */
  ended(request: Request, ok: boolean, nowMs: number): void {
    const subscription = this.#subscriptionOf(request);
    const partition = this.#partition[request.row] as number;
    if (!subscription.isCurrent(partition, request.row)) return;
    if (ok) subscription.done(partition, nowMs);
    else subscription.failed(partition, nowMs);
  }

  /** The topology is another one. `settled`: it has been so for long, no group has to rebalance. */
  follow(nodes: readonly RunningNode[], settled: boolean, nowMs: number): void {
    this.#nodes = nodes.filter((node) => node.log !== null);
    for (const node of this.#nodes) this.#regroup(node, settled, nowMs);
  }

  /** A node has stopped, with all that it holds in memory; before its requests are given up. */
  stopped(node: RunningNode, nowMs: number): void {
    node.log?.crash(nowMs);
    this.readinessChanged(nowMs);
  }

  /** A node that may be a consumer, or may have a log, has become ready or stopped being it. */
  readinessChanged(nowMs: number): void {
    this.#relays.goOn(nowMs);
    for (const node of this.#nodes) this.#regroup(node, false, nowMs);
  }

  /** Faults have cut links, or made them whole again: a consumer that cannot be reached leaves its group. */
  linksChanged(nowMs: number): void {
    for (const node of this.#nodes) {
      const changed = [...node.links.values()].filter(
        (link) => link.isCut !== this.#cutLinks.has(link),
      );
      for (const link of changed) {
        if (link.isCut) this.#cutLinks.add(link);
        else this.#cutLinks.delete(link);
      }
      if (changed.length > 0) this.#regroup(node, false, nowMs);
    }
  }

  #regroup(node: RunningNode, settled: boolean, nowMs: number): void {
    const log = node.log as MessageLog;
    const linked = this.#consumersBehind(node);
    log.setGroups([...new Set(linked.map(({ consumer }) => consumer?.group ?? ''))]);
    const subscriptions = log.groups.map(
      (group) =>
        this.#subscriptions.find((known) => known.group === group) ??
        this.#subscribe(node, log, group),
    );
    this.#ofLog.set(log, subscriptions);
    for (const subscription of subscriptions) {
      const { name } = subscription.group;
      const present = linked.filter(
        ({ ready, consumer, number }) =>
          ready && consumer?.group === name && !this.#o.topology.linkTo(node, number).isCut,
      );
      subscription.regroup(present.flatMap(consumersOf), settled, nowMs);
      subscription.wake(nowMs);
    }
  }

  /** The nodes that any route of a node with a log leads to, in an order that does not depend on the links'. */
  #consumersBehind(node: RunningNode): RunningNode[] {
    const { routes, nodes } = this.#o.topology;
    const numbers = [...node.routes.values()].flatMap((n) => (routes[n] as RunningRoute).groups);
    return numbers
      .flat()
      .map((number) => nodes[number] as RunningNode)
      .sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
  }

  #subscribe(node: RunningNode, log: MessageLog, group: ConsumerGroup): Subscription {
    const number = this.#subscriptions.length;
    const subscription = new Subscription({ number, node, log, group }, this.#starting);
    this.#subscriptions.push(subscription);
    return subscription;
  }

  #start(subscription: Subscription, partition: number, nowMs: number): number {
    const { requests, queue } = this.#o;
    const { node, group } = subscription;
    const entry = node.handlerEntries[DELIVER] as number;
    const request = requests.begin(DELIVERY, node, entry, nowMs);
    const { row } = request;
    request.item = group.headKey(partition);
    if (row >= this.#kib.length) this.#grow();
    this.#subscription[row] = subscription.number;
    this.#partition[row] = partition;
    this.#offset[row] = group.committed[partition] as number;
    queue.push(nowMs, ANSWERED, row, 0);
    return row;
  }

  #subscriptionOf({ row }: Request): Subscription {
    return this.#subscriptions[this.#subscription[row] as number] as Subscription;
  }

  #grow(): void {
    const { capacity } = this.#o.requests;
    this.#kib = resized(this.#kib, new Int32Array(capacity));
    this.#subscription = resized(this.#subscription, new Int32Array(capacity));
    this.#partition = resized(this.#partition, new Int32Array(capacity));
    this.#offset = resized(this.#offset, new Float64Array(capacity));
  }
}
