import { isRetried } from '../policies/retry.ts';
import { CAUSES, type Cause } from '../protocol/index.ts';
import type { Clock } from './clock.ts';
import { ATTEMPT_ANSWERED, CALL_ARRIVED, RETRY } from './event-kind.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { LinkGuard } from './link-guard.ts';
import { GIVEN_UP, GuardedCall, type Request } from './request.ts';
import type { RequestTable } from './request-table.ts';
import type { RunningLink } from './running-node.ts';

const TIME_OUT = CAUSES.indexOf('time-out');
const DEPENDENCY_FAILED = CAUSES.indexOf('dependency-failed');
/** Which causes are worth another attempt, by number. */
const IS_RETRIED = CAUSES.map((cause: Cause) => isRetried(cause));

/** What attempts ask of the calls they are part of. */
export interface CallPaths {
  /** `route`: a route's number, or -1 - n for node n alone. */
  resend(request: Request, route: number, how: number): void;
  transmit(request: Request, link: RunningLink, delivery: number): void;
  run(request: Request): void;
  /** What an answer has left with an attempt, a lease, goes over to its caller, or is given back. */
  handOver(attempt: Request, request: Request): void;
  release(attempt: Request): void;
  /** The request's call has failed for good; `here`: the cause as its node counts it. */
  failCall(request: Request, how: number, cause: number, here: number): void;
}

/**
 * Calls over links with call options. Each attempt is a request of its own, for which the caller waits: so a
 * caller can give an attempt up and try again while the called node, which does not know, works on.
 */
export class Attempts {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  readonly #clock: Clock;
  readonly #paths: CallPaths;

  constructor(options: InterpreterOptions, paths: CallPaths) {
    this.#o = options;
    this.#t = options.requests;
    this.#clock = options.clock;
    this.#paths = paths;
  }

  /** Makes the next attempt at the call that the request is about to send, or fails it at once. */
  send(request: Request, route: number, how: number, shown: number): void {
    const { nowMs } = this.#clock;
    const call = this.#callOf(request);
    const link = linkOf(request);
    const guard = link.guard as LinkGuard;
    call.made++;
    call.route = route;
    call.how = how;
    if (call.made === 1) guard.requestBegins();
    const refusal = guard.refusal(link.inFlight, nowMs);
    if (refusal >= 0) {
      this.#retry(request, call, refusal, refusal);
      return;
    }
    link.send(shown);
    call.epoch = guard.epoch;
    guard.deadlines?.add(request.row, nextTicket(call), nowMs);
    call.attempt = this.#open(request);
    if (this.#o.tracing.on) this.#o.tracing.attempted(request, call.attempt);
    this.#paths.transmit(call.attempt, link, CALL_ARRIVED);
  }

  /** The target has done its part: the answer goes back, or nobody waits for it. */
  reply(attempt: Request): void {
    if (attempt.caller === GIVEN_UP) {
      this.#close(attempt);
      return;
    }
    attempt.frame = null;
    this.#paths.transmit(attempt, linkOf(attempt), ATTEMPT_ANSWERED);
  }

  /** An attempt's answer has arrived. */
  answered(attempt: Request): void {
    const request = attempt.caller as Request | typeof GIVEN_UP;
    if (request === GIVEN_UP) {
      this.#close(attempt);
      return;
    }
    const { nowMs } = this.#clock;
    const link = linkOf(request);
    link.answer(nowMs - attempt.root.sentMs);
    link.guard?.settle(this.#callOf(request).epoch, 'answered', nowMs);
    request.item = attempt.item;
    request.hit = attempt.hit;
    this.#paths.handOver(attempt, request);
    this.#close(attempt);
    this.forget(request);
    this.#paths.run(request);
  }

  /** The attempt has failed at its target, where nothing of it is left. */
  failed(attempt: Request, cause: number): void {
    const request = attempt.caller as Request | typeof GIVEN_UP;
    this.#close(attempt);
    if (request === GIVEN_UP) return;
    this.#settleFailed(request, DEPENDENCY_FAILED);
    this.#retry(request, this.#callOf(request), cause, DEPENDENCY_FAILED);
  }

  /** The attempt has failed, though its target still holds on to some of it. */
  lost(attempt: Request, cause: number): void {
    const request = attempt.caller as Request | typeof GIVEN_UP;
    if (request === GIVEN_UP) return;
    const call = this.#callOf(request);
    this.#giveUp(call);
    this.#settleFailed(request, DEPENDENCY_FAILED);
    this.#retry(request, call, cause, DEPENDENCY_FAILED);
  }

  /** The caller's time for an attempt is over; void with an old ticket. */
  timedOut(request: Request, ticket: number): void {
    const call = request.guardedCall;
    if (call?.ticket !== ticket) return;
    this.#giveUp(call);
    this.#settleFailed(request, TIME_OUT);
    this.#retry(request, call, TIME_OUT, TIME_OUT);
  }

  /** The pause before an attempt is over; void with an old ticket. */
  retry(request: Request, ticket: number): void {
    const call = request.guardedCall;
    if (call?.ticket !== ticket) return;
    if (this.#o.tracing.on) this.#o.tracing.paused(request);
    this.#paths.resend(request, call.route, call.how);
  }

  /** Whether the request waited for an attempt, or between two of them; it waits no more. */
  abandon(request: Request): boolean {
    const call = request.guardedCall;
    if (call === null || call.made === 0) return false;
    if (call.attempt !== null) {
      this.#giveUp(call);
      this.#settleFailed(request, request.abandonedFor);
    }
    this.forget(request);
    return true;
  }

  /** The request's call is over, or goes on without attempts. */
  forget({ guardedCall }: Request): void {
    if (guardedCall === null) return;
    guardedCall.made = 0;
    guardedCall.attempt = null;
    nextTicket(guardedCall);
  }

  #open(request: Request): Request {
    const { calling } = request;
    const attempt = this.#t.open(request.requestClass, calling.node);
    this.#o.clientKeys.share(request, attempt);
    this.#o.deliveries.share(request, attempt);
    attempt.item = request.item;
    attempt.hit = request.hit;
    attempt.root.link = calling.link;
    attempt.root.entry = calling.entry;
    attempt.root.isOptional = false;
    attempt.root.sentMs = this.#clock.nowMs;
    attempt.caller = request;
    return attempt;
  }

  #close(attempt: Request): void {
    attempt.caller = null;
    this.#paths.release(attempt);
    this.#t.close(attempt);
  }

  /** The attempt under way goes on without its caller; one that was lost on the way never arrives. */
  #giveUp({ attempt }: GuardedCall): void {
    const givenUp = attempt as Request;
    givenUp.caller = GIVEN_UP;
    if (givenUp.frame === null && this.#o.losses.take(givenUp) !== undefined) this.#close(givenUp);
  }

  #settleFailed(request: Request, cause: number): void {
    if (this.#o.tracing.on) this.#o.tracing.attemptFailed(request, cause);
    const link = linkOf(request);
    link.fail();
    link.guard?.settle(this.#callOf(request).epoch, 'failed', this.#clock.nowMs);
  }

  /** Another attempt after a pause, or the end of the call. */
  #retry(request: Request, call: GuardedCall, cause: number, here: number): void {
    const ticket = nextTicket(call);
    call.attempt = null;
    const { guard } = linkOf(request);
    const pauseMs = IS_RETRIED[cause] === true && guard !== null ? guard.pauseMs(call.made) : -1;
    if (pauseMs >= 0) {
      this.#o.queue.push(this.#clock.nowMs + pauseMs, RETRY, request.row, ticket);
      return;
    }
    const { how } = call;
    this.forget(request);
    this.#paths.failCall(request, how, cause, here);
  }

  #callOf(request: Request): GuardedCall {
    request.guardedCall ??= new GuardedCall();
    return request.guardedCall;
  }
}

function nextTicket(call: GuardedCall): number {
  call.ticket = (call.ticket + 1) | 0;
  return call.ticket;
}

/** The link that a request's call, or an attempt itself, goes over. */
function linkOf(request: Request): RunningLink {
  return request.calling.link as RunningLink;
}
