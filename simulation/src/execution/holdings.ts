import { LockTable } from '../primitives/lock-table.ts';
import type { Places } from '../primitives/places.ts';
import { TokenPool } from '../primitives/token-pool.ts';
import { MAX_HELD, type RequestTable, WAITS_FOR_NOTHING } from './request-table.ts';
import type { Gate, Resources } from './resources.ts';

export type Entry = 'granted' | 'waiting' | 'refused';

/** Which tokens and locks each request holds, in the order taken, and what it stands in line for. */
export class Holdings {
  readonly #requests: RequestTable;
  readonly #resources: Resources;
  /** Requests that can go on once the present one has come to rest, in that order. */
  readonly runnable: number[] = [];

  constructor(requests: RequestTable, resources: Resources) {
    this.#requests = requests;
    this.#resources = resources;
  }

  take(request: number, gateNumber: number, nowMs: number): Entry {
    const gate = this.#gate(gateNumber);
    const taken = (gate.holder as TokenPool).take(request);
    if (taken === 'granted') this.#hold(request, gateNumber, 0);
    else if (taken === 'waiting') this.#standInLine(request, gateNumber, gate, nowMs);
    return taken;
  }

  /** A place for the request, for which it never waits; a hit when it was there already. */
  occupy(request: number, gateNumber: number, nowMs: number): Entry {
    const places = this.#gate(gateNumber).holder as Places;
    const place = places.occupy(request, nowMs);
    if (place < 0) return 'refused';
    this.#requests.hit[request] = places.wasThere ? 1 : 0;
    this.#hold(request, gateNumber, place);
    return 'granted';
  }

  /** Locks the row that the request has drawn. */
  lock(request: number, gateNumber: number, nowMs: number): Entry {
    const gate = this.#gate(gateNumber);
    const row = this.#requests.item[request] as number;
    if ((gate.holder as LockTable).lock(row, request, nowMs)) {
      this.#hold(request, gateNumber, row);
      return 'granted';
    }
    this.#standInLine(request, gateNumber, gate, nowMs);
    return 'waiting';
  }

  /** Gives back what was taken last; whoever waited for it holds it now and joins `runnable`. */
  release(request: number, nowMs: number): void {
    const t = this.#requests;
    const count = (t.heldCount[request] as number) - 1;
    t.heldCount[request] = count;
    const gateNumber = t.held[request * MAX_HELD + count] as number;
    const key = t.heldKey[request * MAX_HELD + count] as number;
    const { holder } = this.#gate(gateNumber);
    const next = giveBack(holder, key, nowMs);
    if (next < 0) return;
    this.#endWait(next);
    this.#hold(next, gateNumber, key);
    this.runnable.push(next);
  }

  /** Gives the free tokens of pools that have grown to those who wait for them; they join `runnable`. */
  admitWaiting(): void {
    this.#resources.gates.forEach(({ holder }, gateNumber) => {
      if (!(holder instanceof TokenPool)) return;
      for (let next = holder.admit(); next >= 0; next = holder.admit()) {
        this.#endWait(next);
        this.#hold(next, gateNumber, 0);
        this.runnable.push(next);
      }
    });
  }

  /** Gives back everything above the first `count` things held. */
  releaseDownTo(request: number, count: number, nowMs: number): void {
    while ((this.#requests.heldCount[request] as number) > count) this.release(request, nowMs);
  }

  /** What one row holds is another's from now on. */
  handOver(from: number, to: number): void {
    const t = this.#requests;
    const count = t.heldCount[from] as number;
    for (let at = from * MAX_HELD; at < from * MAX_HELD + count; at++) {
      this.#hold(to, t.held[at] as number, t.heldKey[at] as number);
    }
    t.heldCount[from] = 0;
  }

  isWaiting(request: number): boolean {
    return (this.#requests.waitsFor[request] as number) !== WAITS_FOR_NOTHING;
  }

  /** Takes a waiting request out of its line. */
  leaveLine(request: number, nowMs: number): void {
    const { holder } = this.#gate(this.#requests.waitsFor[request] as number);
    if (holder instanceof TokenPool) holder.leave(request);
    else (holder as LockTable).leave(this.#requests.item[request] as number, request, nowMs);
    this.#endWait(request);
  }

  #standInLine(request: number, gateNumber: number, gate: Gate, nowMs: number): void {
    const t = this.#requests;
    t.waitsFor[request] = gateNumber;
    const ticket = ((t.waitTicket[request] as number) + 1) | 0;
    t.waitTicket[request] = ticket;
    gate.deadlines?.add(request, ticket, nowMs);
  }

  #endWait(request: number): void {
    const t = this.#requests;
    t.waitsFor[request] = WAITS_FOR_NOTHING;
    t.waitTicket[request] = ((t.waitTicket[request] as number) + 1) | 0;
  }

  #hold(request: number, gate: number, key: number): void {
    const t = this.#requests;
    const at = request * MAX_HELD + (t.heldCount[request] as number);
    t.held[at] = gate;
    t.heldKey[at] = key;
    t.heldCount[request] = (t.heldCount[request] as number) + 1;
  }

  #gate(number: number): Gate {
    return this.#resources.gates[number] as Gate;
  }
}

/** The request that has now what was given back; -1 when nobody waited for it. */
function giveBack(holder: Gate['holder'], key: number, nowMs: number): number {
  if (holder instanceof TokenPool) return holder.give();
  if (holder instanceof LockTable) return holder.unlock(key, nowMs);
  holder.release(key, nowMs);
  return -1;
}
