import type { EventQueue } from '../kernel/event-queue.ts';
import { ReplicationLog } from '../primitives/replication-log.ts';
import { beginBackground } from './background.ts';
import { ANSWERED } from './event-kind.ts';
import type { Request } from './request.ts';
import type { RequestTable } from './request-table.ts';
import type { RunningNode, RunningRoute } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';
import { HANDLERS } from './step.ts';

const APPLY = HANDLERS.indexOf('apply');

/** A node's place behind others whose writes it repeats. */
export class Following {
  readonly log = new ReplicationLog();
  /** How many of the log's latest writes have not been sent to the node: it is down, or cut off. */
  unsent = 0;
  /** Whether faults have cut every such link: writes then wait, and so do those who wait for them. */
  isCut = false;
  /** The nodes whose writes a link brings it, in the order of their names. */
  sources: readonly RunningNode[] = [];

  get fed(): boolean {
    return this.sources.length > 0;
  }
}

export interface ReplicationOptions {
  readonly queue: EventQueue;
  readonly requests: RequestTable;
  readonly topology: RunningTopology;
  readonly linkLatencyMs: number;
}

/**
 * Carries committed writes to the nodes that repeat them, each as background work of that node, in the
 * order of their commits. What a node misses while it is down or has no source is kept, and sent once it is back.
 *
 * A read of item k is stale while row k has a write that the node has not applied: the k-th most popular item
 * is the k-th most contended row. A write conflicts when its row has a write of a peer that is still on its
 * way here: the later one wins on both sides, and the earlier one is lost.
 */
export class Replication {
  readonly #o: ReplicationOptions;
  /** Copies that no source feeds: each write is one that they miss. */
  #cutOff: RunningNode[] = [];

  constructor(options: ReplicationOptions) {
    this.#o = options;
  }

  /** Brings everything up to date with the links of a new topology. */
  follow(nodes: readonly RunningNode[], nowMs: number): void {
    const sources = this.#sourcesOf(nodes);
    for (const node of nodes) {
      const fedBy = sources.get(node.number) ?? [];
      if (node.isCopy || fedBy.length > 0) node.following ??= new Following();
      if (node.following !== null) this.#feed(node.following, fedBy, nowMs);
      if (node.isCopy) node.consistency.staleReads ??= 0;
      else if (fedBy.length > 0) node.consistency.writeConflicts ??= 0;
      this.catchUp(node, nowMs);
    }
    this.#cutOff = nodes.filter((node) => node.isCopy && !sources.has(node.number));
  }

  /** Faults have cut links, or made them whole again. */
  linksChanged(nowMs: number): void {
    const { topology } = this.#o;
    const nodes = topology.present;
    const reached = new Set(
      nodes.flatMap((node) =>
        this.#followersOf(node).filter((number) => {
          const link = node.links.get(number);
          return link !== undefined && !link.isCut;
        }),
      ),
    );
    for (const node of nodes) {
      if (node.following === null) continue;
      node.following.isCut = !reached.has(node.number);
      this.catchUp(node, nowMs);
    }
  }

  /** A request reads the drawn item at a node. */
  read(node: RunningNode, item: number): void {
    if (node.following?.log.isPending(item)) node.consistency.add('staleReads', 1);
  }

  /** A request has committed its write at the node where it is. */
  commit({ item: row, here: { node } }: Request, isDurable: boolean, nowMs: number): void {
    node.data.write();
    if (!isDurable) node.unflushed.add(nowMs);
    const log = node.following?.log;
    if (log?.isPending(row)) {
      node.consistency.add('writeConflicts', 1);
      node.consistency.add('lostWrites', log.overwrite(row) ? 1 : 0);
    }
    for (const copy of this.#cutOff) this.#append(copy, node, row, nowMs);
  }

  /** Sends a request's write to every node of a route; with `wait`, whether the request waits for the first of them. */
  send(request: Request, routeNumber: number, wait: boolean, nowMs: number): boolean {
    const route = this.#o.topology.routes[routeNumber] as RunningRoute;
    let waiter = wait ? request.row : -1;
    let isWaiting = false;
    const { node } = request.here;
    for (const group of route.groups) {
      for (const number of group) {
        this.#append(this.#node(number), node, request.item, nowMs, waiter);
        isWaiting ||= wait;
        waiter = -1;
      }
    }
    return isWaiting;
  }

  /** A node has applied its oldest write. */
  applied(node: RunningNode, nowMs: number): void {
    const waiter = node.following?.log.apply() ?? -1;
    if (waiter >= 0) this.#answer(waiter, nowMs);
  }

  /** The work of a node was dropped, so what it was about to apply must be sent again. */
  interrupted(node: RunningNode, nowMs: number): void {
    const lost = node.unflushed.lose(nowMs);
    if (lost > 0) {
      node.consistency.add('lostWrites', lost);
      node.data.lose(lost);
      this.takeBack(node, lost, nowMs);
    }
    if (node.following !== null) node.following.unsent = node.following.log.length;
  }

  /** A node has lost its latest writes, so many of them: what it had yet to send of these reaches nobody. */
  takeBack(writer: RunningNode, lost: number, nowMs: number): void {
    for (const { following } of this.#o.topology.nodes) {
      if (following === null) continue;
      const waiters = following.log.forget(writer.number, lost, following.unsent);
      following.unsent -= waiters.length;
      for (const waiter of waiters) if (waiter >= 0) this.#answer(waiter, nowMs);
    }
  }

  /** A node is gone: nobody waits for it. */
  removed(node: RunningNode, nowMs: number): void {
    if (node.following !== null) this.#letGo(node.following, nowMs);
    node.following = null;
  }

  /** Sends what a node has missed, if it can be reached. */
  catchUp(node: RunningNode, nowMs: number): void {
    const { following } = node;
    if (following === null || !following.fed || following.isCut || !node.ready) return;
    const { log } = following;
    for (let write = log.length - following.unsent; write < log.length; write++) {
      this.#send(node, log.rowOf(write), nowMs);
    }
    following.unsent = 0;
  }

  /** A copy becomes a source of its own: what it has not applied is lost, but for writes that nobody was promised. */
  promoted(node: RunningNode, nowMs: number): void {
    if (node.following === null) return;
    const waiting = this.#letGo(node.following, nowMs);
    node.consistency.staleReads = null;
    const unapplied = node.following.log.clear();
    node.consistency.add('lostWrites', unapplied - waiting);
    node.following.sources[0]?.data.handOver(node.data, unapplied);
    node.following = null;
  }

  /** The nodes that are copies of a node's data. */
  copiesOf(node: RunningNode): RunningNode[] {
    const followers = this.#followersOf(node).map((number) => this.#node(number));
    return followers.filter(({ isCopy }) => isCopy);
  }

  /**
   * Whether another node has all of a node's data, so that it can be copied from there: now, or once that node is up
   * and reached; null when there is none. A copy's sources have it, and so has a peer that every write has been sent to,
   * unless it is one of those that have lost theirs.
   */
  sourceOf(node: RunningNode, emptied: ReadonlySet<RunningNode>): 'now' | 'later' | null {
    const { following } = node;
    if (following === null || !following.fed) return null;
    const isReached = (from: RunningNode) => from.ready && !following.isCut;
    if (node.isCopy) return following.sources.some(isReached) ? 'now' : 'later';
    const peers = this.#followersOf(node).map((number) => this.#node(number));
    const has = (peer: RunningNode) =>
      this.#followersOf(peer).includes(node.number) && peer.following?.unsent === 0;
    const isSource = (peer: RunningNode) => has(peer) && isReached(peer) && !emptied.has(peer);
    return peers.some(isSource) ? 'now' : null;
  }

  /** A node's data has been copied from where its writes come from: there is nothing left to apply. */
  copiedAnew(node: RunningNode, nowMs: number): void {
    if (node.following === null) return;
    this.#letGo(node.following, nowMs);
    node.following.log.clear();
    node.following.unsent = 0;
  }

  /** By number of each node that repeats others' writes: these others, in the order of their names. */
  #sourcesOf(nodes: readonly RunningNode[]): ReadonlyMap<number, readonly RunningNode[]> {
    const sources = new Map<number, RunningNode[]>();
    const byName = [...nodes].sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
    for (const node of byName) {
      for (const number of this.#followersOf(node)) {
        sources.set(number, [...(sources.get(number) ?? []), node]);
      }
    }
    return sources;
  }

  #feed(following: Following, sources: readonly RunningNode[], nowMs: number): void {
    if (following.fed && sources.length === 0) this.#letGo(following, nowMs);
    following.sources = sources;
  }

  /** Answers all who wait for a follower; their number. */
  #letGo(following: Following, nowMs: number): number {
    const waiters = following.log.release();
    for (const waiter of waiters) this.#answer(waiter, nowMs);
    return waiters.length;
  }

  #answer(waiter: number, nowMs: number): void {
    const { queue, linkLatencyMs } = this.#o;
    queue.push(nowMs + linkLatencyMs, ANSWERED, waiter, 0);
  }

  #append(node: RunningNode, writer: RunningNode, row: number, nowMs: number, waiter = -1): void {
    const following = node.following as Following;
    following.log.append(row, nowMs, waiter, writer.number);
    if (following.fed && !following.isCut && node.ready) this.#send(node, row, nowMs);
    else following.unsent++;
  }

  #send(node: RunningNode, row: number, nowMs: number): void {
    const entry = node.handlerEntries[APPLY] as number;
    const arrivesMs = nowMs + this.#o.linkLatencyMs;
    beginBackground(this.#o, node, { entry, item: row }, nowMs, arrivesMs);
  }

  #node(number: number): RunningNode {
    return this.#o.topology.nodes[number] as RunningNode;
  }

  #followersOf(node: RunningNode): number[] {
    return node.replicationRoutes.flatMap((name) => {
      const number = node.routes.get(name);
      return number === undefined
        ? []
        : (this.#o.topology.routes[number] as RunningRoute).groups.flat();
    });
  }
}
