import { LeaseTable } from '../primitives/lease-table.ts';
import type { Holdings } from './holdings.ts';
import { MAX_HELD, type RequestTable } from './request-table.ts';
import type { Gate, Resources } from './resources.ts';

/** Request coalescing: of those who miss an item at once, one fetches it and the others take its answer. */
export class Leases {
  readonly #requests: RequestTable;
  readonly #resources: Resources;
  readonly #holdings: Holdings;

  constructor(requests: RequestTable, resources: Resources, holdings: Holdings) {
    this.#requests = requests;
    this.#resources = resources;
    this.#holdings = holdings;
  }

  /**
   * The request has got the lease of its item, the only thing it holds at this node. Once the item has been
   * fetched that counts as a hit, and the lease is given back with the answer; otherwise the lease
   * stays with the caller, who is to fetch the item.
   */
  lead(request: number, gateNumber: number): void {
    const t = this.#requests;
    const answered = this.#table(gateNumber).isAnswered(t.item[request] as number);
    t.hit[request] = answered ? 1 : 0;
    if (!answered) t.frameHeldBase[t.top(request)] = t.heldCount[request] as number;
  }

  /** The request has fetched its item: its lease, if it has one, goes to the first in line. */
  giveBack(request: number, nowMs: number): void {
    const t = this.#requests;
    const count = t.heldCount[request] as number;
    if (count === 0) return;
    const last = request * MAX_HELD + count - 1;
    const { holder } = this.#resources.gates[t.held[last] as number] as Gate;
    if (!(holder instanceof LeaseTable)) return;
    holder.answer(t.heldKey[last] as number);
    this.#holdings.release(request, nowMs);
  }

  #table(gateNumber: number): LeaseTable {
    return (this.#resources.gates[gateNumber] as Gate).holder as LeaseTable;
  }
}
