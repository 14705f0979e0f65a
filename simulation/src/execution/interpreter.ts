import { shardOf } from '../policies/sharding.ts';
import type { Station } from '../primitives/station.ts';
import type { Store } from '../primitives/store.ts';
import { Calls } from './calls.ts';
import { readCopy, writeCopy } from './copy-steps.ts';
import { ANSWERED } from './event-kind.ts';
import { type Entry, Holdings } from './holdings.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import { Leases } from './leases.ts';
import * as op from './program.ts';
import type { RequestTable } from './request-table.ts';
import type { Gate } from './resources.ts';
import type { RunningNode } from './running-node.ts';
import { HANDLERS } from './step.ts';
import { WriteBack } from './write-back.ts';

const CONSUME = HANDLERS.indexOf('consume') * 2;

/** Runs requests through their programs, for every kind alike: each step's work is a collaborator's. */
export class Interpreter {
  readonly #o: InterpreterOptions;
  readonly #t: RequestTable;
  readonly #holdings: Holdings;
  readonly #calls: Calls;
  readonly #leases: Leases;
  readonly #writeBack: WriteBack;
  readonly #clock = { nowMs: 0 };

  constructor(options: InterpreterOptions) {
    this.#o = options;
    this.#t = options.requests;
    this.#holdings = new Holdings(options.requests, options.resources);
    this.#leases = new Leases(options.requests, options.resources, this.#holdings);
    this.#writeBack = new WriteBack({ ...options, timers: options.resources.timers });
    this.#calls = new Calls(options, {
      holdings: this.#holdings,
      clock: this.#clock,
      run: (request) => this.#run(request),
    });
  }

  get nowMs(): number {
    return this.#clock.nowMs;
  }

  set nowMs(nowMs: number) {
    this.#clock.nowMs = nowMs;
  }

  /** A new request of a class at a node, which is its first frame; `resume` sets it going. */
  begin(requestClass: number, node: RunningNode): number {
    const request = this.#t.open(requestClass, this.nowMs);
    this.#t.pushFrame(request, node.number, node.entries[requestClass] as number, this.nowMs);
    if (this.#o.tracing.on) this.#o.tracing.began(request);
    this.#o.hostile.meterOf(requestClass, node.meter).arrive(this.nowMs);
    return request;
  }

  /** A call reached its target. */
  callArrived(request: number): void {
    this.#calls.arrive(request);
  }

  /** A lost packet is sent again: see `Wire.resend`. */
  resend(request: number, ticket: number): void {
    this.#calls.wire.resend(request, ticket);
  }

  /** An attempt's answer, the end of a pause before one, or of the caller's patience. */
  attemptAnswered(attempt: number): void {
    this.#calls.attempts.answered(attempt);
  }

  retry(request: number, ticket: number): void {
    this.#calls.attempts.retry(request, ticket);
  }

  callTimedOut(request: number, ticket: number): void {
    this.#calls.attempts.timedOut(request, ticket);
  }

  /** A request goes on: its burst is done, its answer is here, or it got what it waited for. */
  resume(request: number): void {
    this.#run(request);
  }

  /** Lets go on who waited for tokens of which there are more since the topology has changed. */
  admitWaiting(): void {
    this.#holdings.admitWaiting();
  }

  /** Resumes requests that the latest event set free; to be called after each event. */
  settle(): void {
    const { runnable } = this.#holdings;
    if (runnable.length === 0) return;
    for (let i = 0; i < runnable.length; i++) this.#run(runnable[i] as number);
    runnable.length = 0;
  }

  /** Nobody waits for the request any more: see `Calls.abandon`. */
  abandon(request: number, cause: number): void {
    this.#calls.abandon(request, cause);
  }

  /** A wait at a gate has taken too long. */
  waitedTooLong(request: number, gate: number): void {
    this.#holdings.leaveLine(request, this.nowMs);
    this.#calls.fail(request, this.#causeOf(gate));
  }

  #run(request: number): void {
    const t = this.#t;
    const { resources, popularity, replication, deliveries } = this.#o;
    const words = this.#o.topology.text.words;
    if (this.#o.tracing.on) this.#o.tracing.resumed(request);
    if ((t.abandonedFor[request] as number) >= 0) {
      this.#calls.fail(request, t.abandonedFor[request] as number);
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
        case op.OCCUPY:
          if (!this.#passes(request, this.#holdings.occupy(request, first, this.nowMs), first))
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
        case op.SCREEN: {
          const { screening, stations } = this.#nodeOf(request);
          const detail = words[at + 2] as number;
          const cause = screening.check(first, detail, stations[0] ?? null, this.nowMs);
          if (cause < 0) break;
          this.#calls.fail(request, cause);
          return;
        }
        case op.DELAY:
          this.#o.queue.push(this.nowMs + first / 1000, ANSWERED, request, 0);
          return;
        case op.DRAW_ITEM:
          t.item[request] = popularity.items.sample(popularity.itemStream);
          break;
        case op.DRAW_ROW:
          t.item[request] = popularity.rows.sample(popularity.rowStream);
          break;
        case op.LOOK_UP: {
          const store = resources.stores[first] as Store;
          const clockMs = this.nowMs + this.#nodeOf(request).clockSkewMs;
          t.hit[request] = store.lookUp(t.item[request] as number, clockMs) ? 1 : 0;
          break;
        }
        case op.FILL: {
          const clockMs = this.nowMs + this.#nodeOf(request).clockSkewMs;
          (resources.stores[first] as Store).fill(t.item[request] as number, clockMs);
          break;
        }
        case op.FORGET:
          (resources.stores[first] as Store).forget(t.item[request] as number);
          break;
        case op.LEAD:
          this.#leases.lead(request, first);
          break;
        case op.GIVE_LEASE:
          this.#leases.giveBack(request, this.nowMs);
          break;
        case op.HOLD_WRITE: {
          const node = this.#nodeOf(request);
          const held = this.#writeBack.hold(node, t.item[request] as number, this.nowMs);
          t.hit[request] = held ? 1 : 0;
          break;
        }
        case op.FLUSHED:
          this.#writeBack.flushed(this.#nodeOf(request), t.item[request] as number, this.nowMs);
          break;
        case op.READ_COPY:
          readCopy(this.#nodeOf(request), t.item[request] as number, this.nowMs);
          break;
        case op.WRITE_COPY:
          writeCopy(this.#nodeOf(request), t.item[request] as number, this.nowMs);
          break;
        case op.JUMP_IF_HIT:
          if (t.hit[request] === 1) t.position[request] = first;
          break;
        case op.CALL:
          this.#calls.send(request, first, words[at + 2] as number);
          return;
        case op.JUMP:
          t.position[request] = first;
          break;
        case op.SHARD_BY_KEY:
          t.position[request] = at + op.WORDS * (1 + shardOf(t.item[request] as number, first));
          break;
        case op.SHARD_BY_CLASS:
          t.position[request] =
            at + op.WORDS * (1 + (Math.max(0, t.requestClass[request] as number) % first));
          break;
        case op.KEEP:
          t.frameHeldBase[t.top(request)] = t.heldCount[request] as number;
          break;
        case op.EXPECT_SUCCESS:
          t.hit[request] = 1;
          break;
        case op.JUMP_IF_LINKED:
          if (this.#calls.leadsSomewhere(words[at + 2] as number)) t.position[request] = first;
          break;
        case op.LOSE_WRITE:
          this.#nodeOf(request).consistency.add('lostWrites', 1);
          break;
        case op.COMPENSATED:
          this.#nodeOf(request).consistency.add('compensations', 1);
          break;
        case op.OBSERVE:
          replication.read(this.#nodeOf(request), t.item[request] as number);
          break;
        case op.COMMIT:
          replication.commit(request, first === 1, this.nowMs);
          break;
        case op.REPLICATE:
          if (replication.send(request, first, words[at + 2] === 1, this.nowMs)) return;
          break;
        case op.COMPOSE:
          deliveries.compose(request, first);
          break;
        case op.ASIDE:
          deliveries.goAside(request, this.nowMs);
          t.position[request] = first;
          break;
        case op.APPEND: {
          const refusal = deliveries.append(request, this.#nodeOf(request), this.nowMs);
          if (refusal < 0) break;
          this.#calls.fail(request, refusal);
          return;
        }
        case op.HAND_OVER:
          this.#calls.sendTo(request, deliveries.handOver(request), CONSUME);
          return;
        case op.TAKE_EFFECT:
          deliveries.takeEffect(request);
          break;
        default:
          this.#calls.reply(request);
          return;
      }
    }
  }

  /** Whether the request may go on; one that is refused has failed, one that waits goes on later. */
  #passes(request: number, entry: Entry, gateNumber: number): boolean {
    if (entry === 'refused') this.#calls.fail(request, this.#causeOf(gateNumber));
    return entry === 'granted';
  }

  /** The node at which a request is. */
  #nodeOf(request: number): RunningNode {
    const t = this.#t;
    return this.#o.topology.nodes[t.frameNode[t.top(request)] as number] as RunningNode;
  }

  #causeOf(gateNumber: number): number {
    return (this.#o.resources.gates[gateNumber] as Gate).cause;
  }

  #burst(request: number, station: number, work: number): void {
    const { demands, resources } = this.#o;
    const node = this.#nodeOf(request);
    const workMs = node.service.serviceTime(
      demands.meanMs[work] as number,
      demands.cv[work] as number,
    );
    this.#t.jobs.demandMs[request] = workMs * node.demandFactor;
    (resources.stations[station] as Station).submit(request, this.nowMs);
  }
}
