import type { Leak } from '../primitives/leak.ts';
import { CAUSES } from '../protocol/index.ts';
import { Accounts } from './accounts.ts';
import { entryOf, operationShown } from './asked.ts';
import { Attempts } from './attempts.ts';
import { ANSWERED, CALL_ARRIVED, MEMORY_FULL } from './event-kind.ts';
import type { Holdings } from './holdings.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import { DELIVERY, MAX_DEPTH, type RequestTable, SCRAPE } from './request-table.ts';
import { Routing } from './routing.ts';
import type { RunningLink, RunningNode, RunningRoute } from './running-node.ts';
import { Wire } from './wire.ts';

const NO_ROUTE = CAUSES.indexOf('no-route');
const NODE_DOWN = CAUSES.indexOf('node-down');
const DEFECT = CAUSES.indexOf('defect');
const DEPENDENCY_FAILED = CAUSES.indexOf('dependency-failed');

/** What calls need besides the run's options. */
export interface CallSurroundings {
  readonly holdings: Holdings;
  /** The present instant. */
  readonly clock: { readonly nowMs: number };
  /** Lets a request go on with its program. */
  readonly run: (request: number) => void;
}

/** Calls from node to node: sent, arrived, answered, failed or given up, for every kind alike. */
export class Calls {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  readonly #holdings: Holdings;
  readonly #clock: { readonly nowMs: number };
  readonly #run: (request: number) => void;
  readonly #routing: Routing;
  readonly #accounts: Accounts;
  readonly wire: Wire;
  readonly attempts: Attempts;

  constructor(options: InterpreterOptions, { holdings, clock, run }: CallSurroundings) {
    this.#o = options;
    this.#t = options.requests;
    this.#holdings = holdings;
    this.#clock = clock;
    this.#run = run;
    this.#routing = new Routing(options.topology, options.clientKeys);
    this.#accounts = new Accounts(options, clock);
    this.wire = new Wire(options, clock, {
      arrive: (request) => this.arrive(request),
      answeredAttempt: (attempt) => this.attempts.answered(attempt),
      answered: run,
    });
    this.attempts = new Attempts(options, {
      clock,
      run,
      handOver: (attempt, request) => holdings.handOver(attempt, request),
      release: (attempt) => holdings.releaseDownTo(attempt, 0, clock.nowMs),
      resend: (request, route, how) =>
        route < 0 ? this.sendTo(request, -1 - route, how) : this.send(request, route, how),
      transmit: (request, link, delivery) => this.wire.transmit(request, link, delivery),
      failCall: (request, how, cause, here) => this.#failCall(request, how & 1, cause, here),
    });
  }

  /** A request calls over a route. `how`: the handler's number times two, and one for an optional call. */
  send(request: number, routeNumber: number, how: number): void {
    const caller = this.#callerOf(request);
    const route = this.#o.topology.routes[routeNumber] as RunningRoute;
    const target = this.#routing.choose(caller, route, request);
    this.#sendFrom(caller, request, routeNumber, target, how);
  }

  /** Whether a link leads to any node of a route, ready or not. */
  leadsSomewhere(routeNumber: number): boolean {
    const { groups } = this.#o.topology.routes[routeNumber] as RunningRoute;
    return groups.some((group) => group.length > 0);
  }

  /** A request calls one linked node; -1 for none. */
  sendTo(request: number, node: number, how: number): void {
    const target = node < 0 ? null : this.#node(node);
    this.#sendFrom(this.#callerOf(request), request, -1 - node, target, how);
  }

  /** `route`: the route's number, or -1 - n for the one node n. */
  #sendFrom(
    caller: RunningNode,
    request: number,
    route: number,
    target: RunningNode | null,
    how: number,
  ): void {
    const t = this.#t;
    const handler = how >> 1;
    const requestClass = t.requestClass[request] as number;
    const entry = target === null ? -1 : entryOf(target, handler, requestClass);
    if (target === null || entry < 0 || (!target.ready && (how & 1) === 1)) {
      this.#failToSend(request, how & 1);
      return;
    }
    const linkNumber = caller.links.get(target.number) as number;
    const link = this.#link(linkNumber);
    t.toNode[request] = target.number;
    t.toEntry[request] = entry;
    t.toLink[request] = linkNumber;
    t.toOptional[request] = how & 1;
    t.sentMs[request] = this.#clock.nowMs;
    const shown = operationShown(this.#o, handler, requestClass);
    if (link.guard !== null) {
      this.attempts.send(request, route, how, shown);
      return;
    }
    this.attempts.forget(request);
    link.send(shown);
    this.wire.transmit(request, linkNumber, CALL_ARRIVED);
  }

  /** A call has reached its target. */
  arrive(request: number): void {
    const t = this.#t;
    if ((t.abandonedFor[request] as number) >= 0) {
      this.#link(t.toLink[request] as number).inFlight--;
      this.fail(request, t.abandonedFor[request] as number);
      return;
    }
    const node = this.#node(t.toNode[request] as number);
    t.pushCallFrame(request, this.#clock.nowMs);
    node.meter.arrive(this.#clock.nowMs);
    if (this.#o.tracing.on) this.#o.tracing.arrived(request);
    if (node.leak !== null) this.#leak(node, node.leak);
    if (node.ready) this.#run(request);
    else this.fail(request, NODE_DOWN);
  }

  /** The node where a request is has done its part. */
  reply(request: number): void {
    const t = this.#t;
    const { nowMs } = this.#clock;
    const top = t.top(request);
    const node = this.#node(t.frameNode[top] as number);
    if (node.defects?.strikes() === true) {
      this.fail(request, DEFECT);
      return;
    }
    if (this.#o.tracing.on) this.#o.tracing.replied(request);
    this.#releaseFrame(request, top);
    if (t.depth[request] === 0 && this.attempts.isAttempt(request)) {
      node.meter.serve(nowMs - (t.frameEnteredMs[top] as number), true, nowMs);
      this.attempts.reply(request);
      return;
    }
    if ((t.requestClass[request] as number) < 0 && t.depth[request] === 0) {
      this.#endBackground(request, node, true);
      return;
    }
    const latencyMs = nowMs - (t.frameEnteredMs[top] as number);
    if (t.depth[request] === 0) {
      this.#accounts.serve(request, node, latencyMs);
      t.close(request);
      return;
    }
    node.meter.serve(latencyMs, true, nowMs);
    const linkNumber = t.frameLink[top] as number;
    const link = this.#link(linkNumber);
    link.answer(nowMs + link.latencyMs - (t.frameSentMs[top] as number));
    t.position[request] = t.frameReturn[top] as number;
    t.depth[request] = (t.depth[request] as number) - 1;
    this.wire.transmit(request, linkNumber, ANSWERED);
  }

  /**
   * The request failed where it is now. Every node on the way back counts it as a failed dependency, up
   * to a caller that can do without the answer, or to the client.
   */
  fail(request: number, cause: number): void {
    this.#fail(request, cause, cause);
  }

  /** `firstHere`: the cause as the node where the request is now counts it. */
  #fail(request: number, cause: number, firstHere: number): void {
    const t = this.#t;
    const { nowMs } = this.#clock;
    const abandoned = (t.abandonedFor[request] as number) >= 0;
    let here = firstHere;
    for (;;) {
      const top = t.top(request);
      const node = this.#node(t.frameNode[top] as number);
      const sinceMs = nowMs - (t.frameEnteredMs[top] as number);
      if (this.#o.tracing.on) {
        const isRoot = t.depth[request] === 0 && !this.attempts.isAttempt(request);
        this.#o.tracing.failed(request, isRoot ? cause : here);
      }
      this.#releaseFrame(request, top);
      if (t.depth[request] === 0) {
        if (this.attempts.isAttempt(request)) {
          if (!abandoned) this.#accounts.failAt(request, node, here, sinceMs);
          this.attempts.failed(request, cause);
        } else if ((t.requestClass[request] as number) < 0) {
          this.#endBackground(request, node, false);
        } else {
          if (!abandoned) this.#accounts.fail(request, node, cause, sinceMs);
          t.close(request);
        }
        return;
      }
      this.#accounts.failAt(request, node, here, sinceMs);
      this.#link(t.frameLink[top] as number).fail();
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

  /**
   * Nobody waits for the request any more: counted as failed now; what it holds is given back when
   * its present burst or call ends, or at once when it only stood in line.
   */
  abandon(request: number, cause: number): void {
    const t = this.#t;
    const { nowMs } = this.#clock;
    if ((t.abandonedFor[request] as number) >= 0) return;
    t.abandonedFor[request] = cause;
    t.jobs.cancelled[request] = 1;
    if (this.#o.tracing.on) this.#o.tracing.abandoned(request, cause);
    const isAttempt = this.attempts.isAttempt(request);
    const root = request * MAX_DEPTH;
    if (isAttempt || (t.requestClass[request] as number) >= 0) {
      const sinceMs = nowMs - (t.frameEnteredMs[root] as number);
      const node = this.#node(t.frameNode[root] as number);
      if (isAttempt) node.meter.fail(cause, sinceMs, nowMs);
      else this.#accounts.fail(request, node, cause, sinceMs);
    }
    if (isAttempt) this.attempts.lost(request, cause);
    if (this.#holdings.isWaiting(request)) {
      this.#holdings.leaveLine(request, nowMs);
      this.fail(request, cause);
    } else if (this.attempts.abandon(request) || this.wire.giveUpLost(request)) {
      this.fail(request, cause);
    }
  }

  /** Work that no client asked for is over at the node where it began. */
  #endBackground(request: number, node: RunningNode, ok: boolean): void {
    const work = this.#t.requestClass[request];
    if (work === DELIVERY) {
      this.#o.deliveries.ended(request, ok, this.#clock.nowMs);
    } else if (work === SCRAPE) {
      this.#o.scraping.ended(node, ok);
    } else if (ok) {
      this.#o.replication.applied(node, this.#clock.nowMs);
    }
    this.#t.close(request);
  }

  #callerOf(request: number): RunningNode {
    return this.#node(this.#t.frameNode[this.#t.top(request)] as number);
  }

  #leak(node: RunningNode, leak: Leak): void {
    const { nowMs } = this.#clock;
    if (!node.ready || !leak.add(nowMs)) return;
    this.#o.queue.push(nowMs, MEMORY_FULL, node.number, 0);
  }

  #failToSend(request: number, optional: number): void {
    this.attempts.forget(request);
    if (optional === 0) return this.fail(request, NO_ROUTE);
    this.#t.hit[request] = 0;
    this.#run(request);
  }

  /** A call for which every attempt has failed. */
  #failCall(request: number, optional: number, cause: number, here: number): void {
    if (optional === 0) {
      this.#fail(request, cause, here);
      return;
    }
    this.#t.hit[request] = 0;
    this.#holdings.runnable.push(request);
  }

  #releaseFrame(request: number, top: number): void {
    this.#holdings.releaseDownTo(request, this.#t.frameHeldBase[top] as number, this.#clock.nowMs);
  }

  #node(number: number): RunningNode {
    return this.#o.topology.nodes[number] as RunningNode;
  }

  #link(number: number): RunningLink {
    return this.#o.topology.links[number] as RunningLink;
  }
}
