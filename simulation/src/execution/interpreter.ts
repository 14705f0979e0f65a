import type { Station } from '../primitives/station.ts';
import type { Store } from '../primitives/store.ts';
import { Calls } from './calls.ts';
import type { Clock } from './clock.ts';
import { Effects } from './effects.ts';
import { ANSWERED } from './event-kind.ts';
import { type Entry, empty, Holdings } from './holdings.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { ProgramText } from './program.ts';
import * as op from './program.ts';
import type { Request } from './request.ts';
import type { RequestTable } from './request-table.ts';
import type { Gate, Resources } from './resources.ts';
import type { RunningNode } from './running-node.ts';
import { HANDLERS } from './step.ts';
import type { Tracing } from './tracing.ts';

const CONSUME = HANDLERS.indexOf('consume') * 2;

/** Runs requests through their programs, for every kind alike: each step's work is a collaborator's. */
export class Interpreter {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  readonly #text: ProgramText;
  readonly #resources: Resources;
  readonly #tracing: Tracing;
  readonly #clock: Clock;
  readonly #holdings: Holdings;
  readonly #calls: Calls;
  readonly #effects: Effects;

  constructor(options: InterpreterOptions) {
    this.#o = options;
    this.#t = options.requests;
    this.#text = options.topology.text;
    this.#resources = options.resources;
    this.#tracing = options.tracing;
    this.#clock = options.clock;
    this.#holdings = new Holdings(options.requests, options.resources);
    this.#calls = new Calls(options, this.#holdings, (request) => this.resume(request));
    this.#effects = new Effects(options, this.#holdings, this.#calls);
  }

  /** A new request of a class at a node, which is its first; `resume` sets it going. */
  begin(requestClass: number, node: RunningNode): Request {
    const { nowMs } = this.#clock;
    const entry = node.entries[requestClass] as number;
    const request = this.#t.begin(requestClass, node, entry, nowMs);
    if (this.#tracing.on) this.#tracing.began(request);
    this.#o.hostile.meterOf(requestClass, node.meter).arrive(nowMs);
    return request;
  }

  /** A call reached its target. */
  callArrived(request: Request): void {
    if (this.#calls.arrive(request)) this.resume(request);
  }

  /** A lost packet is sent again: see `Calls.resend`. */
  resend(request: Request, ticket: number): void {
    this.#calls.resend(request, ticket);
  }

  /** An attempt's answer, the end of a pause before one, or of the caller's patience. */
  attemptAnswered(attempt: Request): void {
    this.#calls.attempts.answered(attempt);
  }

  retry(request: Request, ticket: number): void {
    this.#calls.attempts.retry(request, ticket);
  }

  callTimedOut(request: Request, ticket: number): void {
    this.#calls.attempts.timedOut(request, ticket);
  }

  /** Lets go on who waited for tokens of which there are more since the topology has changed. */
  admitWaiting(): void {
    this.#holdings.admitWaiting();
  }

  /** Resumes requests that the latest event set free; to be called after each event. */
  settle(): void {
    const { runnable } = this.#holdings;
    if (runnable.length === 0) return;
    for (let i = 0; i < runnable.length; i++) this.resume(runnable[i] as Request);
    empty(runnable);
  }

  /** Nobody waits for the request any more: see `Calls.abandon`. */
  abandon(request: Request, cause: number): void {
    this.#calls.abandon(request, cause);
  }

  /** A wait at a gate has taken too long. */
  waitedTooLong(request: Request, gate: number): void {
    this.#holdings.leaveLine(request, this.#clock.nowMs);
    this.#calls.fail(request, this.#causeOf(gate));
  }

  /** A request goes on: its burst is done, its answer is here, or it got what it waited for. */
  resume(request: Request): void {
    if (this.#tracing.on) this.#tracing.resumed(request);
    if (request.abandonedFor >= 0) {
      this.#calls.fail(request, request.abandonedFor);
      return;
    }
    while (this.#step(request)) {
      // A step that lets the request go on leaves it at the next one.
    }
  }

  /** Does the step at which the request is; whether it goes on at once. */
  #step(request: Request): boolean {
    const { words } = this.#text;
    const at = request.position;
    const first = words[at + 1] as number;
    request.position = at + op.WORDS;
    switch (words[at]) {
      case op.REPLY:
        return this.#goesOn(request, this.#calls.reply(request));
      case op.CALL:
        return this.#goesOn(request, this.#calls.send(request, first, words[at + 2] as number));
      case op.BURST:
        this.#burst(request, first, words[at + 2] as number);
        return false;
      case op.TAKE:
        return this.#passes(request, this.#holdings.take(request, first, this.#clock.nowMs), first);
      case op.OCCUPY:
        return this.#passes(
          request,
          this.#holdings.occupy(request, first, this.#clock.nowMs),
          first,
        );
      case op.LOCK:
        return this.#passes(request, this.#holdings.lock(request, first, this.#clock.nowMs), first);
      case op.GIVE:
        this.#holdings.release(request, this.#clock.nowMs);
        return true;
      case op.DRAW_ITEM:
        request.item = this.#o.popularity.items.sample(this.#o.popularity.itemStream);
        return true;
      case op.DRAW_ROW:
        request.item = this.#o.popularity.rows.sample(this.#o.popularity.rowStream);
        return true;
      case op.LOOK_UP:
        request.hit = this.#store(first).lookUp(request.item, this.#clockMs(request));
        return true;
      case op.FILL:
        this.#store(first).fill(request.item, this.#clockMs(request));
        return true;
      case op.FORGET:
        this.#store(first).forget(request.item);
        return true;
      case op.JUMP_IF_HIT:
        if (request.hit) request.position = first;
        return true;
      case op.JUMP:
        request.position = first;
        return true;
      case op.SCREEN:
        return this.#screen(request, first, words[at + 2] as number);
      case op.DELAY:
        this.#o.queue.push(this.#clock.nowMs + first / 1000, ANSWERED, request.row, 0);
        return false;
      case op.REPLICATE: {
        const waits = words[at + 2] === 1;
        return !this.#o.replication.send(request, first, waits, this.#clock.nowMs);
      }
      case op.APPEND: {
        const refusal = this.#o.deliveries.append(request, this.#clock.nowMs);
        if (refusal >= 0) this.#calls.fail(request, refusal);
        return refusal < 0;
      }
      case op.HAND_OVER:
        return this.#goesOn(
          request,
          this.#calls.sendTo(request, this.#o.deliveries.handOver(request), CONSUME),
        );
      default:
        this.#effects.take(request, at);
        return true;
    }
  }

  /** A request has left its node, for another one where it goes on at once or not. */
  #goesOn(request: Request, goesOn: boolean): boolean {
    if (goesOn && this.#tracing.on) this.#tracing.resumed(request);
    return goesOn;
  }

  /** Whether the request may go on; one that is refused has failed, one that waits goes on later. */
  #passes(request: Request, entry: Entry, gateNumber: number): boolean {
    if (entry === 'refused') this.#calls.fail(request, this.#causeOf(gateNumber));
    return entry === 'granted';
  }

  #screen(request: Request, what: number, detail: number): boolean {
    const { screening, stations } = request.here.node;
    const cause = screening.check(what, detail, stations[0] ?? null, this.#clock.nowMs);
    if (cause >= 0) this.#calls.fail(request, cause);
    return cause < 0;
  }

  #burst(request: Request, station: number, work: number): void {
    const { meanMs, cv } = this.#o.demands;
    const { node } = request.here;
    const workMs = node.service.serviceTime(meanMs[work] as number, cv[work] as number);
    this.#t.jobs.demandMs[request.row] = workMs * node.demandFactor;
    (this.#resources.stations[station] as Station).submit(request.row, this.#clock.nowMs);
  }

  /** What the clock of the node says where a request is. */
  #clockMs(request: Request): number {
    return this.#clock.nowMs + request.here.node.clockSkewMs;
  }

  #store(number: number): Store {
    return this.#resources.stores[number] as Store;
  }

  #causeOf(gateNumber: number): number {
    return (this.#resources.gates[gateNumber] as Gate).cause;
  }
}
