import type { Leak } from '../primitives/leak.ts';
import { CAUSES } from '../protocol/index.ts';
import { Accounts } from './accounts.ts';
import { entryOf, operationShown } from './asked.ts';
import { Attempts } from './attempts.ts';
import { endBackground } from './background.ts';
import type { Clock } from './clock.ts';
import { ANSWERED, ATTEMPT_ANSWERED, CALL_ARRIVED, MEMORY_FULL } from './event-kind.ts';
import type { Holdings } from './holdings.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { Frame, Request } from './request.ts';
import type { RequestTable } from './request-table.ts';
import { Routing } from './routing.ts';
import type { RunningLink, RunningNode, RunningRoute } from './running-node.ts';
import type { RunningTopology } from './running-topology.ts';
import type { Tracing } from './tracing.ts';
import { Wire } from './wire.ts';

const NO_ROUTE = CAUSES.indexOf('no-route');
const NODE_DOWN = CAUSES.indexOf('node-down');
const DEFECT = CAUSES.indexOf('defect');
const DEPENDENCY_FAILED = CAUSES.indexOf('dependency-failed');

/**
 * Calls from node to node: sent, arrived, answered, failed or given up, for every kind alike. What a request's own step
 * asks for tells whether the request goes on at once.
 */
export class Calls {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  readonly #topology: RunningTopology;
  readonly #tracing: Tracing;
  readonly #clock: Clock;
  readonly #holdings: Holdings;
  readonly #run: (request: Request) => void;
  readonly #routing: Routing;
  readonly #accounts: Accounts;
  readonly #wire: Wire;
  readonly attempts: Attempts;

  /** `run`: lets a request that does no step go on with its program. */
  constructor(options: InterpreterOptions, holdings: Holdings, run: (request: Request) => void) {
    this.#o = options;
    this.#t = options.requests;
    this.#topology = options.topology;
    this.#tracing = options.tracing;
    this.#clock = options.clock;
    this.#holdings = holdings;
    this.#run = run;
    this.#routing = new Routing(options.topology, options.clientKeys);
    this.#accounts = new Accounts(options);
    this.#wire = new Wire(options);
    this.attempts = new Attempts(options, {
      run,
      handOver: (attempt, request) => holdings.handOver(attempt, request),
      release: (attempt) => holdings.releaseDownTo(attempt, 0, options.clock.nowMs),
      resend: (request, route, how) => {
        const goesOn =
          route < 0
            ? this.sendTo(request, this.#node(-1 - route), how)
            : this.send(request, route, how);
        if (goesOn) run(request);
      },
      transmit: (request, link, delivery) => {
        if (this.#wire.transmit(request, link, delivery)) this.#deliver(request, delivery);
      },
      failCall: (request, how, cause, here) => this.#failCall(request, how & 1, cause, here),
    });
  }

  /** A request calls over a route. `how`: the handler's number times two, and one for an optional call. */
  send(request: Request, routeNumber: number, how: number): boolean {
    const route = this.#topology.routes[routeNumber] as RunningRoute;
    const link = this.#routing.choose(request.here.node, route, request);
    return this.#sendOver(link, request, routeNumber, how);
  }

  /** Whether a link leads to any node of a route, ready or not. */
  leadsSomewhere(routeNumber: number): boolean {
    const { groups } = this.#topology.routes[routeNumber] as RunningRoute;
    return groups.some((group) => group.length > 0);
  }

  /** A request calls one linked node; null for none. */
  sendTo(request: Request, node: RunningNode | null, how: number): boolean {
    const link = node === null ? null : this.#topology.linkTo(request.here.node, node.number);
    return this.#sendOver(link, request, node === null ? 0 : -1 - node.number, how);
  }

  /** `route`: the route's number, or -1 - n for the one node n. */
  #sendOver(link: RunningLink | null, request: Request, route: number, how: number): boolean {
    const handler = how >> 1;
    const isOptional = (how & 1) === 1;
    const { requestClass } = request;
    const entry = link === null ? -1 : entryOf(link.target, handler, requestClass);
    if (link === null || entry < 0 || (isOptional && !link.target.ready)) {
      return this.#failToSend(request, isOptional);
    }
    const callee = request.here.callee(link.target);
    if (callee.link !== link) callee.link = link;
    callee.entry = entry;
    callee.isOptional = isOptional;
    callee.sentMs = this.#clock.nowMs;
    const shown = operationShown(this.#o, handler, requestClass);
    if (link.guard !== null) {
      this.attempts.send(request, route, how, shown);
      return false;
    }
    if (request.guardedCall !== null) this.attempts.forget(request);
    link.send(shown);
    return this.#wire.transmit(request, link, CALL_ARRIVED) && this.arrive(request);
  }

  /** A call has reached its target. */
  arrive(request: Request): boolean {
    const callee = request.calling;
    if (request.abandonedFor >= 0) {
      linkOf(callee).inFlight--;
      this.fail(request, request.abandonedFor);
      return false;
    }
    const { nowMs } = this.#clock;
    const { node } = callee;
    request.enter(callee, callee.entry, nowMs);
    node.meter.arrive(nowMs);
    if (this.#tracing.on) this.#tracing.arrived(request);
    if (node.leak !== null) this.#leak(node, node.leak);
    if (!node.ready) this.fail(request, NODE_DOWN);
    return node.ready;
  }

  /** A lost packet is sent again, unless nobody waits for it any more. */
  resend(request: Request, ticket: number): void {
    this.#deliver(request, this.#wire.resend(request, ticket));
  }

  /** The node where a request is has done its part. */
  reply(request: Request): boolean {
    const frame = request.here;
    const { node, outer } = frame;
    if (node.defects?.strikes() === true) {
      this.fail(request, DEFECT);
      return false;
    }
    if (this.#tracing.on) this.#tracing.replied(request);
    if (request.held.length > frame.heldBefore) this.#releaseFrame(request, frame);
    if (outer === null) {
      this.#replyFirst(request, node);
      return false;
    }
    const { nowMs } = this.#clock;
    node.meter.serve(nowMs - frame.enteredMs, true, nowMs);
    const link = linkOf(frame);
    link.answer(nowMs + link.latencyMs - frame.sentMs);
    request.position = frame.returnTo;
    request.frame = outer;
    return this.#wire.transmit(request, link, ANSWERED);
  }

  /** The first node of a request has done its part. */
  #replyFirst(request: Request, node: RunningNode): void {
    if (request.caller !== null) {
      const { nowMs } = this.#clock;
      node.meter.serve(nowMs - request.root.enteredMs, true, nowMs);
      this.attempts.reply(request);
    } else if (request.requestClass < 0) {
      endBackground(this.#o, request, node, true);
      this.#t.close(request);
    } else {
      this.#accounts.serve(request);
      this.#t.close(request);
    }
  }

  /**
   * The request failed where it is now. Every node on the way back counts it as a failed dependency, up
   * to a caller that can do without the answer, or to the client.
   */
  fail(request: Request, cause: number): void {
    this.#fail(request, cause, cause);
  }

  /** `firstHere`: the cause as the node where the request is now counts it. */
  #fail(request: Request, cause: number, firstHere: number): void {
    const isAbandoned = request.abandonedFor >= 0;
    let here = firstHere;
    for (;;) {
      const frame = request.here;
      const { node, outer } = frame;
      const sinceMs = this.#clock.nowMs - frame.enteredMs;
      if (this.#tracing.on) {
        const isRoot = outer === null && request.caller === null;
        this.#tracing.failed(request, isRoot ? cause : here);
      }
      this.#releaseFrame(request, frame);
      if (outer === null) {
        this.#failFirst(request, node, cause, here);
        return;
      }
      this.#accounts.failAt(request, node, here, sinceMs);
      linkOf(frame).fail();
      request.frame = outer;
      if (frame.isOptional && !isAbandoned) {
        request.hit = false;
        request.position = frame.returnTo;
        this.#holdings.runnable.push(request);
        return;
      }
      here = DEPENDENCY_FAILED;
    }
  }

  /** A request has failed at its first node. */
  #failFirst(request: Request, node: RunningNode, cause: number, here: number): void {
    const isAbandoned = request.abandonedFor >= 0;
    if (request.caller !== null) {
      const sinceMs = this.#clock.nowMs - request.root.enteredMs;
      if (!isAbandoned) this.#accounts.failAt(request, node, here, sinceMs);
      this.attempts.failed(request, cause);
    } else if (request.requestClass < 0) {
      endBackground(this.#o, request, node, false);
      this.#t.close(request);
    } else {
      if (!isAbandoned) this.#accounts.fail(request, cause);
      this.#t.close(request);
    }
  }

  /**
   * Nobody waits for the request any more: counted as failed now; what it holds is given back when
   * its present burst or call ends, or at once when it only stood in line.
   */
  abandon(request: Request, cause: number): void {
    if (request.abandonedFor >= 0) return;
    const { nowMs } = this.#clock;
    request.abandonedFor = cause;
    this.#t.jobs.cancelled[request.row] = 1;
    if (this.#tracing.on) this.#tracing.abandoned(request, cause);
    if (request.caller !== null) {
      request.root.node.meter.fail(cause, nowMs - request.root.enteredMs, nowMs);
      this.attempts.lost(request, cause);
    } else if (request.requestClass >= 0) {
      this.#accounts.fail(request, cause);
    }
    if (this.#holdings.isWaiting(request)) {
      this.#holdings.leaveLine(request, nowMs);
      this.fail(request, cause);
    } else if (this.attempts.abandon(request) || this.#wire.giveUpLost(request)) {
      this.fail(request, cause);
    }
  }

  #leak(node: RunningNode, leak: Leak): void {
    const { nowMs } = this.#clock;
    if (!node.ready || !leak.add(nowMs)) return;
    this.#o.queue.push(nowMs, MEMORY_FULL, node.number, 0);
  }

  #failToSend(request: Request, isOptional: boolean): boolean {
    this.attempts.forget(request);
    if (isOptional) request.hit = false;
    else this.fail(request, NO_ROUTE);
    return isOptional;
  }

  /** What a packet brings has arrived, without an event; -1 for none. */
  #deliver(request: Request, delivery: number): void {
    if (delivery === CALL_ARRIVED) {
      if (this.arrive(request)) this.#run(request);
    } else if (delivery === ATTEMPT_ANSWERED) this.attempts.answered(request);
    else if (delivery === ANSWERED) this.#run(request);
  }

  /** A call for which every attempt has failed. */
  #failCall(request: Request, optional: number, cause: number, here: number): void {
    if (optional === 0) {
      this.#fail(request, cause, here);
      return;
    }
    request.hit = false;
    this.#holdings.runnable.push(request);
  }

  #releaseFrame(request: Request, { heldBefore }: Frame): void {
    this.#holdings.releaseDownTo(request, heldBefore, this.#clock.nowMs);
  }

  #node(number: number): RunningNode {
    return this.#topology.nodes[number] as RunningNode;
  }
}

/** The link over which a node was called. */
function linkOf(frame: Frame): RunningLink {
  return frame.link as RunningLink;
}
