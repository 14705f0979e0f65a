import { LeaseTable } from '../primitives/lease-table.ts';
import type { Holdings } from './holdings.ts';
import type { Request } from './request.ts';
import type { Gate, Resources } from './resources.ts';

/** Request coalescing: of those who miss an item at once, one fetches it and the others take its answer. */
export class Leases {
  readonly #resources: Resources;
  readonly #holdings: Holdings;

  constructor(resources: Resources, holdings: Holdings) {
    this.#resources = resources;
    this.#holdings = holdings;
  }

  /**
   * The request has got the lease of its item, the only thing it holds at this node. Once the item has been
   * fetched that counts as a hit, and the lease is given back with the answer; otherwise the lease
   * stays with the caller, who is to fetch the item.
   */
  lead(request: Request, gateNumber: number): void {
    const leases = this.#holder(gateNumber) as LeaseTable;
    request.hit = leases.isAnswered(request.item);
    if (!request.hit) request.here.heldBefore = request.held.length;
  }

  /** The request has fetched its item: its lease, if it has one, goes to the first in line. */
  giveBack(request: Request, nowMs: number): void {
    const { held, heldKeys } = request;
    const last = held.length - 1;
    if (last < 0) return;
    const holder = this.#holder(held[last] as number);
    if (!(holder instanceof LeaseTable)) return;
    holder.answer(heldKeys[last] as number);
    this.#holdings.release(request, nowMs);
  }

  #holder(gateNumber: number): Gate['holder'] {
    return (this.#resources.gates[gateNumber] as Gate).holder;
  }
}
