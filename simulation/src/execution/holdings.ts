import { LockTable } from '../primitives/lock-table.ts';
import type { Places } from '../primitives/places.ts';
import { TokenPool } from '../primitives/token-pool.ts';
import { type Request, WAITS_FOR_NOTHING } from './request.ts';
import type { RequestTable } from './request-table.ts';
import type { Gate, Resources } from './resources.ts';

export type Entry = 'granted' | 'waiting' | 'refused';

/** Which tokens and locks each request holds, in the order taken, and what it stands in line for. */
export class Holdings {
  readonly #requests: RequestTable;
  readonly #resources: Resources;
  /** Requests that can go on once the present one has come to rest, in that order. */
  readonly runnable: Request[] = [];

  constructor(requests: RequestTable, resources: Resources) {
    this.#requests = requests;
    this.#resources = resources;
  }

  take(request: Request, gateNumber: number, nowMs: number): Entry {
    const gate = this.#gate(gateNumber);
    const taken = (gate.holder as TokenPool).take(request.row);
    if (taken === 'granted') hold(request, gateNumber, 0);
    else if (taken === 'waiting') this.#standInLine(request, gateNumber, gate, nowMs);
    return taken;
  }

  /** A place for the request, for which it never waits; a hit when it was there already. */
  occupy(request: Request, gateNumber: number, nowMs: number): Entry {
    const places = this.#gate(gateNumber).holder as Places;
    const place = places.occupy(request.row, nowMs);
    if (place < 0) return 'refused';
    request.hit = places.wasThere;
    hold(request, gateNumber, place);
    return 'granted';
  }

  /** Locks the row that the request has drawn. */
  lock(request: Request, gateNumber: number, nowMs: number): Entry {
    const gate = this.#gate(gateNumber);
    if ((gate.holder as LockTable).lock(request.item, request.row, nowMs)) {
      hold(request, gateNumber, request.item);
      return 'granted';
    }
    this.#standInLine(request, gateNumber, gate, nowMs);
    return 'waiting';
  }

  /** Gives back what was taken last; whoever waited for it holds it now and joins `runnable`. */
  release(request: Request, nowMs: number): void {
    const gateNumber = request.held.pop() as number;
    const key = request.heldKeys.pop() as number;
    const next = giveBack(this.#gate(gateNumber).holder, key, nowMs);
    if (next >= 0) this.#letGoOn(this.#requests.at(next), gateNumber, key);
  }

  /** Gives the free tokens of pools that have grown to those who wait for them; they join `runnable`. */
  admitWaiting(): void {
    this.#resources.gates.forEach(({ holder }, gateNumber) => {
      if (!(holder instanceof TokenPool)) return;
      for (let next = holder.admit(); next >= 0; next = holder.admit()) {
        this.#letGoOn(this.#requests.at(next), gateNumber, 0);
      }
    });
  }

  /** Gives back everything above the first `count` things held. */
  releaseDownTo(request: Request, count: number, nowMs: number): void {
    while (request.held.length > count) this.release(request, nowMs);
  }

  /** What one request holds is another's from now on. */
  handOver(from: Request, to: Request): void {
    if (from.held.length === 0) return;
    from.held.forEach((gate, i) => {
      hold(to, gate, from.heldKeys[i] as number);
    });
    empty(from.held);
    empty(from.heldKeys);
  }

  isWaiting(request: Request): boolean {
    return request.waitsFor !== WAITS_FOR_NOTHING;
  }

  /** Takes a waiting request out of its line. */
  leaveLine(request: Request, nowMs: number): void {
    const { holder } = this.#gate(request.waitsFor);
    if (holder instanceof TokenPool) holder.leave(request.row);
    else (holder as LockTable).leave(request.item, request.row, nowMs);
    endWait(request);
  }

  #letGoOn(request: Request, gateNumber: number, key: number): void {
    endWait(request);
    hold(request, gateNumber, key);
    this.runnable.push(request);
  }

  #standInLine(request: Request, gateNumber: number, gate: Gate, nowMs: number): void {
    request.waitsFor = gateNumber;
    request.waitTicket = (request.waitTicket + 1) | 0;
    gate.deadlines?.add(request.row, request.waitTicket, nowMs);
  }

  #gate(number: number): Gate {
    return this.#resources.gates[number] as Gate;
  }
}

/** Empties a list and keeps its room; to write its length would call into the runtime and give the room back. */
export function empty(list: unknown[]): void {
  while (list.length > 0) list.pop();
}

function hold(request: Request, gate: number, key: number): void {
  request.held.push(gate);
  request.heldKeys.push(key);
}

function endWait(request: Request): void {
  request.waitsFor = WAITS_FOR_NOTHING;
  request.waitTicket = (request.waitTicket + 1) | 0;
}

/** The row of the request that has now what was given back; -1 when nobody waited for it. */
function giveBack(holder: Gate['holder'], key: number, nowMs: number): number {
  if (holder instanceof TokenPool) return holder.give();
  if (holder instanceof LockTable) return holder.unlock(key, nowMs);
  holder.release(key, nowMs);
  return -1;
}
