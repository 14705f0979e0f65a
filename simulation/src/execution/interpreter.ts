import type { EventQueue } from '../kernel/event-queue.ts';
import type { RandomStream, ZipfSampler } from '../kernel/random.ts';
import { BALANCING } from '../policies/balancing.ts';
import { TokenPool } from '../primitives/token-pool.ts';
import type { LockTable } from '../primitives/lock-table.ts';
import type { LruStore } from '../primitives/lru-store.ts';
import type { Station } from '../primitives/station.ts';
import { CAUSES } from '../protocol/index.ts';
import { ANSWERED, CALL_ARRIVED } from './event-kind.ts';
import * as op from './program.ts';
import { MAX_DEPTH, MAX_HELD, type RequestTable, WAITS_FOR_NOTHING } from './request-table.ts';
import type { Gate, Resources } from './resources.ts';
import type { RunningLink, RunningNode, RunningRoute } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';

const NO_ROUTE = CAUSES.indexOf('no-route');
const NODE_DOWN = CAUSES.indexOf('node-down');
const DEPENDENCY_FAILED = CAUSES.indexOf('dependency-failed');

/** Service demands by work, in the order of `WORKS`. */
export interface Demands {
  readonly meanMs: Float64Array;
  readonly cv: Float64Array;
}

/** The items read and the rows written: how popular each is, and the streams they are drawn from. */
export interface Popularity {
  readonly items: ZipfSampler;
  readonly itemStream: RandomStream;
  readonly rows: ZipfSampler;
  readonly rowStream: RandomStream;
}

export interface InterpreterOptions {
  readonly queue: EventQueue;
  readonly requests: RequestTable;
  readonly resources: Resources;
  readonly topology: RunningTopology;
  readonly demands: Demands;
  readonly popularity: Popularity;
  readonly linkLatencyMs: number;
  /** By request class: as which operation it is shown, and until when it is on time. */
  readonly shownAs: Int32Array;
  readonly onTimeMs: Float64Array;
  /** Good requests of the present window, counted here. */
  readonly goodByClass: Float64Array;
  /** As which operation a handler's call is shown, by handler. */
  readonly handlerShownAs: Int32Array;
}

/** Runs requests through their programs: takes, holds, waits, calls, answers and failures, for every kind alike. */
export class Interpreter {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  /** Calls on their way, by request: the target, its program, the link and whether failing is allowed. */
  #toNode = new Int32Array(0);
  #toEntry = new Int32Array(0);
  #toLink = new Int32Array(0);
  #toOptional = new Uint8Array(0);
  #calledMs = new Float64Array(0);
  /** Requests that got what they waited for and go on once the present one has come to rest. */
  readonly #runnable: number[] = [];
  readonly #ready: number[] = [];
  nowMs = 0;

  constructor(options: InterpreterOptions) {
    this.#o = options;
    this.#t = options.requests;
  }

  /** A new request of a class at a node, which is its first frame; `resume` sets it going. */
  begin(requestClass: number, node: RunningNode): number {
    const request = this.#t.open(requestClass, this.nowMs);
    this.#t.depth[request] = -1;
    this.#enter(request, node, node.entries[requestClass] as number, -1, -1, 0);
    return request;
  }

  /** A call reached its target. */
  callArrived(request: number): void {
    const link = this.#toLink[request] as number;
    if ((this.#t.abandonedFor[request] as number) >= 0) {
      (this.#o.topology.links[link] as RunningLink).inFlight--;
      this.#fail(request, this.#t.abandonedFor[request] as number);
      return;
    }
    const node = this.#o.topology.nodes[this.#toNode[request] as number] as RunningNode;
    const back = this.#t.position[request] as number;
    const optional = this.#toOptional[request] as number;
    this.#enter(request, node, this.#toEntry[request] as number, back, link, optional);
    this.#t.frameCalledMs[this.#t.top(request)] = this.#calledMs[request] as number;
    if (node.ready) this.#run(request);
    else this.#fail(request, NODE_DOWN);
  }

  /** A request goes on: its burst is done, its answer is here, or it got what it waited for. */
  resume(request: number): void {
    this.#run(request);
  }

  /** Resumes requests that the latest step set free; to be called after each event. */
  settle(): void {
    for (let i = 0; i < this.#runnable.length; i++) this.#run(this.#runnable[i] as number);
    this.#runnable.length = 0;
  }

  /**
   * Nobody waits for the request any more: counted as failed now; what it holds is given back when
   * its present burst or call ends, or at once when it only stood in line.
   */
  abandon(request: number, cause: number): void {
    const t = this.#t;
    if ((t.abandonedFor[request] as number) >= 0) return;
    t.abandonedFor[request] = cause;
    t.jobs.cancelled[request] = 1;
    if ((t.requestClass[request] as number) >= 0) {
      const root = this.#o.topology.nodes[
        t.frameNode[request * MAX_DEPTH] as number
      ] as RunningNode;
      root.meter.fail(cause, this.nowMs - (t.startedMs[request] as number), this.nowMs);
    }
    if ((t.waitsFor[request] as number) !== WAITS_FOR_NOTHING) {
      this.#leaveLine(request);
      this.#fail(request, cause);
    }
  }

  /** A wait at a gate has taken too long. */
  waitedTooLong(request: number, gate: number): void {
    this.#leaveLine(request);
    this.#fail(request, (this.#o.resources.gates[gate] as Gate).cause);
  }

  #enter(
    request: number,
    node: RunningNode,
    entry: number,
    back: number,
    link: number,
    optional: number,
  ): void {
    const t = this.#t;
    t.depth[request] = (t.depth[request] as number) + 1;
    const top = t.top(request);
    t.frameNode[top] = node.number;
    t.frameReturn[top] = back;
    t.frameEnteredMs[top] = this.nowMs;
    t.frameHeldBase[top] = t.heldCount[request] as number;
    t.frameLink[top] = link;
    t.frameOptional[top] = optional;
    t.position[request] = entry;
    if ((t.requestClass[request] as number) >= 0) node.meter.arrive(this.nowMs);
  }

  #run(request: number): void {
    const t = this.#t;
    const { resources, popularity } = this.#o;
    const words = this.#o.topology.text.words;
    if ((t.abandonedFor[request] as number) >= 0) {
      this.#fail(request, t.abandonedFor[request] as number);
      return;
    }
    for (;;) {
      const at = t.position[request] as number;
      const first = words[at + 1] as number;
      t.position[request] = at + op.WORDS;
      switch (words[at]) {
        case op.TAKE:
          if (!this.#take(request, first)) return;
          break;
        case op.LOCK:
          if (!this.#lock(request, first)) return;
          break;
        case op.GIVE:
          this.#release(request);
          break;
        case op.BURST:
          this.#burst(request, first, words[at + 2] as number);
          return;
        case op.DRAW_ITEM:
          t.item[request] = popularity.items.sample(popularity.itemStream);
          break;
        case op.DRAW_ROW:
          t.item[request] = popularity.rows.sample(popularity.rowStream);
          break;
        case op.LOOK_UP: {
          const store = resources.stores[first] as LruStore;
          t.hit[request] = store.lookUp(t.item[request] as number) ? 1 : 0;
          break;
        }
        case op.FILL:
          (resources.stores[first] as LruStore).fill(t.item[request] as number);
          break;
        case op.FORGET:
          (resources.stores[first] as LruStore).forget(t.item[request] as number);
          break;
        case op.JUMP_IF_HIT:
          if (t.hit[request] === 1) t.position[request] = first;
          break;
        case op.CALL:
          this.#call(request, first, words[at + 2] as number);
          return;
        case op.BROADCAST:
          this.#broadcast(first, words[at + 2] as number);
          break;
        default:
          this.#reply(request);
          return;
      }
    }
  }

  #take(request: number, gateNumber: number): boolean {
    const gate = this.#o.resources.gates[gateNumber] as Gate;
    switch ((gate.holder as TokenPool).take(request)) {
      case 'granted':
        this.#hold(request, gateNumber, 0);
        return true;
      case 'waiting':
        this.#standInLine(request, gateNumber, gate);
        return false;
      case 'refused':
        this.#fail(request, gate.cause);
        return false;
    }
  }

  #lock(request: number, gateNumber: number): boolean {
    const gate = this.#o.resources.gates[gateNumber] as Gate;
    const row = this.#t.item[request] as number;
    if ((gate.holder as LockTable).lock(row, request, this.nowMs)) {
      this.#hold(request, gateNumber, row);
      return true;
    }
    this.#standInLine(request, gateNumber, gate);
    return false;
  }

  #hold(request: number, gate: number, key: number): void {
    const t = this.#t;
    const at = request * MAX_HELD + (t.heldCount[request] as number);
    t.held[at] = gate;
    t.heldKey[at] = key;
    t.heldCount[request] = (t.heldCount[request] as number) + 1;
  }

  #standInLine(request: number, gateNumber: number, gate: Gate): void {
    const t = this.#t;
    t.waitsFor[request] = gateNumber;
    const ticket = ((t.waitTicket[request] as number) + 1) | 0;
    t.waitTicket[request] = ticket;
    gate.deadlines?.add(request, ticket, this.nowMs);
  }

  #leaveLine(request: number): void {
    const holder = (this.#o.resources.gates[this.#t.waitsFor[request] as number] as Gate).holder;
    if (holder instanceof TokenPool) holder.leave(request);
    else holder.leave(this.#t.item[request] as number, request, this.nowMs);
    this.#endWait(request);
  }

  #endWait(request: number): void {
    this.#t.waitsFor[request] = WAITS_FOR_NOTHING;
    this.#t.waitTicket[request] = ((this.#t.waitTicket[request] as number) + 1) | 0;
  }

  /** Gives back what was taken last; whoever waited for it has it now and goes on after this request rests. */
  #release(request: number): void {
    const t = this.#t;
    const count = (t.heldCount[request] as number) - 1;
    t.heldCount[request] = count;
    const gateNumber = t.held[request * MAX_HELD + count] as number;
    const key = t.heldKey[request * MAX_HELD + count] as number;
    const { holder } = this.#o.resources.gates[gateNumber] as Gate;
    const next = holder instanceof TokenPool ? holder.give() : holder.unlock(key, this.nowMs);
    if (next < 0) return;
    this.#endWait(next);
    this.#hold(next, gateNumber, key);
    this.#runnable.push(next);
  }

  #burst(request: number, station: number, work: number): void {
    const { demands, resources, topology } = this.#o;
    const node = topology.nodes[this.#t.frameNode[this.#t.top(request)] as number] as RunningNode;
    this.#t.jobs.demandMs[request] = node.service.serviceTime(
      demands.meanMs[work] as number,
      demands.cv[work] as number,
    );
    (resources.stations[station] as Station).submit(request, this.nowMs);
  }

  #call(request: number, routeNumber: number, how: number): void {
    const t = this.#t;
    const handler = how >> 1;
    const caller = this.#o.topology.nodes[t.frameNode[t.top(request)] as number] as RunningNode;
    const target = this.#choose(caller, this.#o.topology.routes[routeNumber] as RunningRoute);
    const entry = target === null ? -1 : this.#entry(target, request, handler);
    if (target === null || entry < 0) {
      this.#failCall(request, how & 1);
      return;
    }
    const linkNumber = caller.links.get(target.number) as number;
    const link = this.#o.topology.links[linkNumber] as RunningLink;
    const shown =
      handler === op.AS_ITSELF
        ? (this.#o.shownAs[t.requestClass[request] as number] as number)
        : (this.#o.handlerShownAs[handler] as number);
    link.calls[shown] = (link.calls[shown] as number) + 1;
    link.inFlight++;
    if (request >= this.#toNode.length) this.#grow();
    this.#toNode[request] = target.number;
    this.#toEntry[request] = entry;
    this.#toLink[request] = linkNumber;
    this.#toOptional[request] = how & 1;
    this.#calledMs[request] = this.nowMs;
    this.#o.queue.push(this.nowMs + this.#o.linkLatencyMs, CALL_ARRIVED, request, 0);
  }

  #failCall(request: number, optional: number): void {
    if (optional === 0) {
      this.#fail(request, NO_ROUTE);
      return;
    }
    this.#t.hit[request] = 0;
    this.#run(request);
  }

  #entry(target: RunningNode, request: number, handler: number): number {
    return handler === op.AS_ITSELF
      ? (target.entries[this.#t.requestClass[request] as number] as number)
      : (target.handlerEntries[handler] as number);
  }

  /** The node a call goes to: by the route's policy among the ready ones of the first group that has any; when none is ready, the first node at all. */
  #choose(caller: RunningNode, route: RunningRoute): RunningNode | null {
    const { nodes, links } = this.#o.topology;
    for (const group of route.groups) {
      this.#ready.length = 0;
      for (const number of group) {
        if ((nodes[number] as RunningNode).ready) this.#ready.push(number);
      }
      if (this.#ready.length === 0) continue;
      const chosen = BALANCING[route.policy]({
        ready: this.#ready,
        turn: route.turn,
        inFlight: (number) => (links[caller.links.get(number) as number] as RunningLink).inFlight,
      });
      route.turn++;
      return nodes[chosen] as RunningNode;
    }
    const first = route.groups.find((group) => group.length > 0)?.[0];
    return first === undefined ? null : (nodes[first] as RunningNode);
  }

  #broadcast(routeNumber: number, handler: number): void {
    const route = this.#o.topology.routes[routeNumber] as RunningRoute;
    for (const group of route.groups) {
      for (const number of group) {
        const node = this.#o.topology.nodes[number] as RunningNode;
        const request = this.#t.open(-1, this.nowMs);
        this.#t.depth[request] = -1;
        this.#enter(request, node, node.handlerEntries[handler] as number, -1, -1, 0);
        node.behindSinceMs?.push(this.nowMs);
        this.#o.queue.push(this.nowMs + this.#o.linkLatencyMs, ANSWERED, request, 0);
      }
    }
  }

  #reply(request: number): void {
    const t = this.#t;
    const top = t.top(request);
    const node = this.#o.topology.nodes[t.frameNode[top] as number] as RunningNode;
    this.#releaseFrame(request, top);
    if ((t.requestClass[request] as number) < 0) {
      node.behindSinceMs?.shift();
      t.close(request);
      return;
    }
    const latencyMs = this.nowMs - (t.frameEnteredMs[top] as number);
    if (t.depth[request] === 0) {
      this.#serve(t.requestClass[request] as number, node, latencyMs);
      t.close(request);
      return;
    }
    node.meter.serve(latencyMs, true, this.nowMs);
    const answeredMs = this.nowMs + this.#o.linkLatencyMs;
    const link = this.#o.topology.links[t.frameLink[top] as number] as RunningLink;
    link.inFlight--;
    link.answered++;
    link.sumMs += answeredMs - (t.frameCalledMs[top] as number);
    t.position[request] = t.frameReturn[top] as number;
    t.depth[request] = (t.depth[request] as number) - 1;
    this.#o.queue.push(answeredMs, ANSWERED, request, 0);
  }

  #serve(requestClass: number, client: RunningNode, latencyMs: number): void {
    const { onTimeMs, goodByClass } = this.#o;
    const good = latencyMs <= (onTimeMs[requestClass] as number);
    if (good) goodByClass[requestClass] = (goodByClass[requestClass] as number) + 1;
    client.meter.serve(latencyMs, good, this.nowMs);
  }

  /**
   * The request failed where it is now. Every node on the way back counts it as a failed dependency, up
   * to a caller that can do without the answer, or to the client.
   */
  #fail(request: number, cause: number): void {
    const t = this.#t;
    const abandoned = (t.abandonedFor[request] as number) >= 0;
    let here = cause;
    for (;;) {
      const top = t.top(request);
      const node = this.#o.topology.nodes[t.frameNode[top] as number] as RunningNode;
      const sinceMs = this.nowMs - (t.frameEnteredMs[top] as number);
      this.#releaseFrame(request, top);
      if (t.depth[request] === 0) {
        if ((t.requestClass[request] as number) < 0) node.behindSinceMs?.shift();
        else if (!abandoned) node.meter.fail(cause, sinceMs, this.nowMs);
        t.close(request);
        return;
      }
      node.meter.fail(here, sinceMs, this.nowMs);
      const link = this.#o.topology.links[t.frameLink[top] as number] as RunningLink;
      link.inFlight--;
      link.failed++;
      t.depth[request] = (t.depth[request] as number) - 1;
      if (t.frameOptional[top] === 1 && !abandoned) {
        t.hit[request] = 0;
        t.position[request] = t.frameReturn[top] as number;
        this.#runnable.push(request);
        return;
      }
      here = DEPENDENCY_FAILED;
    }
  }

  #releaseFrame(request: number, top: number): void {
    const base = this.#t.frameHeldBase[top] as number;
    while ((this.#t.heldCount[request] as number) > base) this.#release(request);
  }

  #grow(): void {
    const n = this.#t.capacity;
    const longer = (from: Int32Array) => {
      const to = new Int32Array(n);
      to.set(from);
      return to;
    };
    this.#toNode = longer(this.#toNode);
    this.#toEntry = longer(this.#toEntry);
    this.#toLink = longer(this.#toLink);
    const optional = new Uint8Array(n);
    optional.set(this.#toOptional);
    this.#toOptional = optional;
    const calledMs = new Float64Array(n);
    calledMs.set(this.#calledMs);
    this.#calledMs = calledMs;
  }
}
