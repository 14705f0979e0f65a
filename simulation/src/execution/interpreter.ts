import type { LruStore } from '../primitives/lru-store.ts';
import type { Station } from '../primitives/station.ts';
import { CAUSES } from '../protocol/index.ts';
import { ANSWERED, CALL_ARRIVED } from './event-kind.ts';
import { type Entry, Holdings } from './holdings.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import * as op from './program.ts';
import { MAX_DEPTH, type RequestTable } from './request-table.ts';
import type { Gate } from './resources.ts';
import { Routing } from './routing.ts';
import type { RunningLink, RunningNode, RunningRoute } from './running-node.ts';

const NO_ROUTE = CAUSES.indexOf('no-route');
const NODE_DOWN = CAUSES.indexOf('node-down');
const DEPENDENCY_FAILED = CAUSES.indexOf('dependency-failed');

/** Runs requests through their programs: takes, holds, waits, calls, answers and failures, for every kind alike. */
export class Interpreter {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  readonly #holdings: Holdings;
  readonly #routing: Routing;
  nowMs = 0;

  constructor(options: InterpreterOptions) {
    this.#o = options;
    this.#t = options.requests;
    this.#holdings = new Holdings(options.requests, options.resources);
    this.#routing = new Routing(options.topology);
  }

  /** A new request of a class at a node, which is its first frame; `resume` sets it going. */
  begin(requestClass: number, node: RunningNode): number {
    const request = this.#t.open(requestClass, this.nowMs);
    this.#t.pushFrame(request, node.number, node.entries[requestClass] as number, this.nowMs);
    node.meter.arrive(this.nowMs);
    return request;
  }

  /** A call reached its target. */
  callArrived(request: number): void {
    if ((this.#t.abandonedFor[request] as number) >= 0) {
      (this.#o.topology.links[this.#t.toLink[request] as number] as RunningLink).inFlight--;
      this.#fail(request, this.#t.abandonedFor[request] as number);
      return;
    }
    const node = this.#o.topology.nodes[this.#t.toNode[request] as number] as RunningNode;
    this.#t.pushCallFrame(request, this.nowMs);
    node.meter.arrive(this.nowMs);
    if (node.ready) this.#run(request);
    else this.#fail(request, NODE_DOWN);
  }

  /** A request goes on: its burst is done, its answer is here, or it got what it waited for. */
  resume(request: number): void {
    this.#run(request);
  }

  /** Resumes requests that the latest event set free; to be called after each event. */
  settle(): void {
    const { runnable } = this.#holdings;
    for (let i = 0; i < runnable.length; i++) this.#run(runnable[i] as number);
    runnable.length = 0;
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
    if (this.#holdings.isWaiting(request)) {
      this.#holdings.leaveLine(request, this.nowMs);
      this.#fail(request, cause);
    }
  }

  /** A wait at a gate has taken too long. */
  waitedTooLong(request: number, gate: number): void {
    this.#holdings.leaveLine(request, this.nowMs);
    this.#fail(request, this.#causeOf(gate));
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
          if (!this.#passes(request, this.#holdings.take(request, first, this.nowMs), first))
            return;
          break;
        case op.LOCK:
          if (!this.#passes(request, this.#holdings.lock(request, first, this.nowMs), first))
            return;
          break;
        case op.GIVE:
          this.#holdings.release(request, this.nowMs);
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

  /** Whether the request may go on; one that is refused has failed, one that waits goes on later. */
  #passes(request: number, entry: Entry, gateNumber: number): boolean {
    if (entry === 'refused') this.#fail(request, this.#causeOf(gateNumber));
    return entry === 'granted';
  }

  #causeOf(gateNumber: number): number {
    return (this.#o.resources.gates[gateNumber] as Gate).cause;
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
    const target = this.#routing.choose(
      caller,
      this.#o.topology.routes[routeNumber] as RunningRoute,
    );
    const entry = target === null ? -1 : this.#entry(target, request, handler);
    if (target === null || entry < 0 || (!target.ready && (how & 1) === 1)) {
      this.#failCall(request, how & 1);
      return;
    }
    const linkNumber = caller.links.get(target.number) as number;
    const link = this.#o.topology.links[linkNumber] as RunningLink;
    const shown =
      handler === op.AS_ITSELF
        ? (this.#o.shownAs[t.requestClass[request] as number] as number)
        : (this.#o.handlerShownAs[handler] as number);
    link.send(shown);
    this.#t.toNode[request] = target.number;
    this.#t.toEntry[request] = entry;
    this.#t.toLink[request] = linkNumber;
    this.#t.toOptional[request] = how & 1;
    this.#t.sentMs[request] = this.nowMs;
    if (this.#o.linkLatencyMs === 0) this.callArrived(request);
    else this.#o.queue.push(this.nowMs + this.#o.linkLatencyMs, CALL_ARRIVED, request, 0);
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

  #broadcast(routeNumber: number, handler: number): void {
    const route = this.#o.topology.routes[routeNumber] as RunningRoute;
    for (const group of route.groups) {
      for (const number of group) {
        const node = this.#o.topology.nodes[number] as RunningNode;
        const request = this.#t.open(-1, this.nowMs);
        this.#t.pushFrame(request, number, node.handlerEntries[handler] as number, this.nowMs);
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
    link.answer(answeredMs - (t.frameSentMs[top] as number));
    t.position[request] = t.frameReturn[top] as number;
    t.depth[request] = (t.depth[request] as number) - 1;
    if (answeredMs === this.nowMs) this.#run(request);
    else this.#o.queue.push(answeredMs, ANSWERED, request, 0);
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
      link.fail();
      t.depth[request] = (t.depth[request] as number) - 1;
      if (t.frameOptional[top] === 1 && !abandoned) {
        t.hit[request] = 0;
        t.position[request] = t.frameReturn[top] as number;
        this.#holdings.runnable.push(request);
        return;
      }
      here = DEPENDENCY_FAILED;
    }
  }

  #releaseFrame(request: number, top: number): void {
    const base = this.#t.frameHeldBase[top] as number;
    this.#holdings.releaseDownTo(request, base, this.nowMs);
  }
}
