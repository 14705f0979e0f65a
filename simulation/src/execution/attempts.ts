import { isRetried } from '../policies/retry.ts';
import { resized } from '../primitives/jobs.ts';
import { CAUSES, type Cause } from '../protocol/index.ts';
import { ATTEMPT_ANSWERED, CALL_ARRIVED, RETRY } from './event-kind.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { RequestTable } from './request-table.ts';
import type { RunningLink } from './running-node.ts';

const TIME_OUT = CAUSES.indexOf('time-out');
const DEPENDENCY_FAILED = CAUSES.indexOf('dependency-failed');
/** Which causes are worth another attempt, by number. */
const IS_RETRIED = CAUSES.map((cause: Cause) => isRetried(cause));

/** In the columns that name rows: none; rows are shifted by one, so that fresh columns say none. */
const NONE = 0;
/** In place of the caller's row: it has given the attempt up. */
const GIVEN_UP = -1;

/** What attempts ask of the calls they are part of. */
export interface CallPaths {
  readonly clock: { readonly nowMs: number };
  /** `route`: a route's number, or -1 - n for node n alone. */
  resend(request: number, route: number, how: number): void;
  transmit(request: number, link: number, delivery: number): void;
  run(request: number): void;
  /** What an answer has left with an attempt, a lease, goes over to its caller, or is given back. */
  handOver(attempt: number, request: number): void;
  release(attempt: number): void;
  /** The request's call has failed for good; `here`: the cause as its node counts it. */
  failCall(request: number, how: number, cause: number, here: number): void;
}

/**
 * Calls over links with call options. Each attempt is a row of its own, the caller's row waits for it: so a
 * caller can give an attempt up and try again while the called node, which does not know, works on.
 */
export class Attempts {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  readonly #paths: CallPaths;
  #capacity = 0;
  /** By attempt: the row that waits for it, GIVEN_UP, or NONE when the row is no attempt. */
  #caller = new Int32Array(0);
  /** By caller: the attempt under way, the attempts so far (zero outside such a call), and the call to repeat. */
  #attempt = new Int32Array(0);
  #made = new Uint8Array(0);
  #route = new Int32Array(0);
  #how = new Int32Array(0);
  #epoch = new Int32Array(0);
  /** By caller: changes whenever an attempt begins or ends, so that older deadlines and pauses are void. */
  #ticket = new Int32Array(0);

  constructor(options: InterpreterOptions, paths: CallPaths) {
    this.#o = options;
    this.#t = options.requests;
    this.#paths = paths;
  }

  /** Whether a row is an attempt, given up or not. */
  isAttempt(row: number): boolean {
    return row < this.#capacity && this.#caller[row] !== NONE;
  }

  /** Makes the next attempt at the call that stands in the request's row, or fails it at once. */
  send(request: number, route: number, how: number, shown: number): void {
    const { nowMs } = this.#paths.clock;
    this.#makeRoom();
    const link = this.#linkOf(request);
    const made = (this.#made[request] as number) + 1;
    this.#made[request] = made;
    this.#route[request] = route;
    this.#how[request] = how;
    if (made === 1) link.guard?.requestBegins();
    const refusal = link.guard?.refusal(link.inFlight, nowMs) ?? -1;
    if (refusal >= 0) {
      this.#retry(request, refusal, refusal);
      return;
    }
    link.send(shown);
    this.#epoch[request] = link.guard?.epoch ?? 0;
    link.guard?.deadlines?.add(request, this.#nextTicket(request), nowMs);
    const attempt = this.#open(request);
    if (this.#o.tracing.on) this.#trace(request, attempt);
    this.#paths.transmit(attempt, this.#t.toLink[request] as number, CALL_ARRIVED);
  }

  /** The target has done its part: the answer goes back, or nobody waits for it. */
  reply(attempt: number): void {
    if (this.#caller[attempt] === GIVEN_UP) {
      this.#close(attempt);
      return;
    }
    this.#t.depth[attempt] = -1;
    this.#paths.transmit(attempt, this.#t.toLink[attempt] as number, ATTEMPT_ANSWERED);
  }

  /** An attempt's answer has arrived. */
  answered(attempt: number): void {
    const t = this.#t;
    const caller = this.#caller[attempt] as number;
    if (caller === GIVEN_UP) {
      this.#close(attempt);
      return;
    }
    const request = caller - 1;
    const { nowMs } = this.#paths.clock;
    const link = this.#linkOf(request);
    link.answer(nowMs - (t.sentMs[attempt] as number));
    link.guard?.settle(this.#epoch[request] as number, 'answered', nowMs);
    t.item[request] = t.item[attempt] as number;
    t.hit[request] = t.hit[attempt] as number;
    this.#paths.handOver(attempt, request);
    this.#close(attempt);
    this.forget(request);
    this.#paths.run(request);
  }

  /** The attempt has failed at its target, where nothing of it is left. */
  failed(attempt: number, cause: number): void {
    const caller = this.#caller[attempt] as number;
    this.#close(attempt);
    if (caller === GIVEN_UP) return;
    this.#settleFailed(caller - 1, DEPENDENCY_FAILED);
    this.#retry(caller - 1, cause, DEPENDENCY_FAILED);
  }

  /** The attempt has failed, though its target still holds on to some of it. */
  lost(attempt: number, cause: number): void {
    const caller = this.#caller[attempt] as number;
    if (caller === GIVEN_UP) return;
    this.#giveUp(caller - 1);
    this.#settleFailed(caller - 1, DEPENDENCY_FAILED);
    this.#retry(caller - 1, cause, DEPENDENCY_FAILED);
  }

  /** The caller's time for an attempt is over; void with an old ticket. */
  timedOut(request: number, ticket: number): void {
    if (this.#ticket[request] !== ticket) return;
    this.#giveUp(request);
    this.#settleFailed(request, TIME_OUT);
    this.#retry(request, TIME_OUT, TIME_OUT);
  }

  /** The pause before an attempt is over; void with an old ticket. */
  retry(request: number, ticket: number): void {
    if (this.#ticket[request] !== ticket) return;
    if (this.#o.tracing.on) this.#o.tracing.paused(request);
    this.#paths.resend(request, this.#route[request] as number, this.#how[request] as number);
  }

  /** Whether the request waited for an attempt, or between two of them; it waits no more. */
  abandon(request: number): boolean {
    if (request >= this.#capacity || this.#made[request] === 0) return false;
    if (this.#attempt[request] !== NONE) {
      this.#giveUp(request);
      this.#settleFailed(request, this.#t.abandonedFor[request] as number);
    }
    this.forget(request);
    return true;
  }

  /** The request's call is over, or goes on without attempts. */
  forget(request: number): void {
    if (request >= this.#capacity) return;
    this.#made[request] = 0;
    this.#attempt[request] = NONE;
    this.#nextTicket(request);
  }

  #open(request: number): number {
    const t = this.#t;
    const { nowMs } = this.#paths.clock;
    const attempt = t.open(t.requestClass[request] as number, nowMs);
    this.#makeRoom();
    this.#o.clientKeys.share(request, attempt);
    this.#o.deliveries.share(request, attempt);
    t.item[attempt] = t.item[request] as number;
    t.hit[attempt] = t.hit[request] as number;
    t.toNode[attempt] = t.toNode[request] as number;
    t.toEntry[attempt] = t.toEntry[request] as number;
    t.toLink[attempt] = t.toLink[request] as number;
    t.toOptional[attempt] = 0;
    t.sentMs[attempt] = nowMs;
    this.#caller[attempt] = request + 1;
    this.#attempt[request] = attempt + 1;
    return attempt;
  }

  #trace(request: number, attempt: number): void {
    const target = this.#o.topology.nodes[this.#t.toNode[attempt] as number]?.node.id;
    this.#o.tracing.attempted(request, attempt, target ?? '');
  }

  #close(attempt: number): void {
    this.#caller[attempt] = NONE;
    this.#paths.release(attempt);
    this.#t.close(attempt);
  }

  /** The attempt under way goes on without its caller; one that was lost on the way never arrives. */
  #giveUp(request: number): void {
    const attempt = (this.#attempt[request] as number) - 1;
    this.#caller[attempt] = GIVEN_UP;
    if ((this.#t.depth[attempt] as number) >= 0 || !this.#o.losses.isLost(attempt)) return;
    this.#o.losses.take(attempt);
    this.#close(attempt);
  }

  #settleFailed(request: number, cause: number): void {
    if (this.#o.tracing.on) this.#o.tracing.attemptFailed(request, cause);
    const link = this.#linkOf(request);
    link.fail();
    link.guard?.settle(this.#epoch[request] as number, 'failed', this.#paths.clock.nowMs);
  }

  /** Another attempt after a pause, or the end of the call. */
  #retry(request: number, cause: number, here: number): void {
    const ticket = this.#nextTicket(request);
    this.#attempt[request] = NONE;
    const { guard } = this.#linkOf(request);
    const made = this.#made[request] as number;
    const pauseMs = IS_RETRIED[cause] === true && guard !== null ? guard.pauseMs(made) : -1;
    if (pauseMs >= 0) {
      this.#o.queue.push(this.#paths.clock.nowMs + pauseMs, RETRY, request, ticket);
      return;
    }
    this.forget(request);
    this.#paths.failCall(request, this.#how[request] as number, cause, here);
  }

  #nextTicket(request: number): number {
    const ticket = ((this.#ticket[request] as number) + 1) | 0;
    this.#ticket[request] = ticket;
    return ticket;
  }

  #linkOf(request: number): RunningLink {
    return this.#o.topology.links[this.#t.toLink[request] as number] as RunningLink;
  }

  #makeRoom(): void {
    const n = this.#t.capacity;
    if (n <= this.#capacity) return;
    this.#capacity = n;
    this.#caller = resized(this.#caller, new Int32Array(n));
    this.#attempt = resized(this.#attempt, new Int32Array(n));
    this.#made = resized(this.#made, new Uint8Array(n));
    this.#route = resized(this.#route, new Int32Array(n));
    this.#how = resized(this.#how, new Int32Array(n));
    this.#epoch = resized(this.#epoch, new Int32Array(n));
    this.#ticket = resized(this.#ticket, new Int32Array(n));
  }
}
