import type { EventQueue } from '../kernel/event-queue.ts';
import type { RandomStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import { resized } from '../primitives/jobs.ts';
import { CALL_ARRIVED, RESENT } from './event-kind.ts';
import type { RequestTable } from './request-table.ts';
import type { RunningLink } from './running-node.ts';

/** TCP sends a lost packet again after this time, and after twice the time each time it is lost again (RFC 6298, with Linux's bounds). */
const FIRST_TIMEOUT_MS = 200;
const LONGEST_TIMEOUT_MS = 120_000;

/**
 * Packets of calls and answers that links lose. A call or an answer is one packet; a lost one is sent
 * again until it comes through, or until nobody waits for it any more.
 */
export class Losses {
  readonly #requests: RequestTable;
  readonly #queue: EventQueue;
  readonly #stream: RandomStream;
  /** By request: how often its present packet was lost, zero when it is not lost now. */
  #times = new Uint8Array(0);
  /** By request: the link that lost it, and the event that the packet would have been. */
  #links = new Int32Array(0);
  #deliveries = new Uint8Array(0);

  constructor(requests: RequestTable, queue: EventQueue, stream: RandomStream) {
    this.#requests = requests;
    this.#queue = queue;
    this.#stream = stream;
  }

  /** Whether the request's call or answer is lost and not yet sent again. */
  isLost(request: number): boolean {
    return (this.#times[request] ?? 0) > 0;
  }

  /** The event as which the request's lost packet would have arrived. */
  deliveryOf(request: number): number {
    return this.#deliveries[request] as number;
  }

  linkOf(request: number): number {
    return this.#links[request] as number;
  }

  /** Whether a retransmission's event is the one the request waits for. */
  isDue(request: number, ticket: number): boolean {
    return this.isLost(request) && this.#requests.waitTicket[request] === ticket;
  }

  /** The packet is sent again, or never; how often it was lost. */
  take(request: number): number {
    const times = this.#times[request] as number;
    this.#times[request] = 0;
    return times;
  }

  /** Whether a packet that was lost `before` times is lost over the link again; it is then sent again later. */
  lose(
    request: number,
    link: RunningLink,
    linkNumber: number,
    delivery: number,
    before: number,
    nowMs: number,
  ): boolean {
    if (link.lossRatio < 1 && this.#stream.nextFloat() >= link.lossRatio) return false;
    if (request >= this.#times.length) this.#grow();
    const timeoutMs = Math.min(LONGEST_TIMEOUT_MS, FIRST_TIMEOUT_MS * (1 << Math.min(before, 20)));
    this.#times[request] = Math.min(before + 1, 255);
    this.#links[request] = linkNumber;
    this.#deliveries[request] = delivery;
    if (delivery !== CALL_ARRIVED) link.sumMs += timeoutMs;
    const { waitTicket } = this.#requests;
    const ticket = ((waitTicket[request] as number) + 1) | 0;
    waitTicket[request] = ticket;
    this.#queue.push(nowMs + timeoutMs, RESENT, request, ticket);
    return true;
  }

  /** Mixes nothing in before the first packet is lost. */
  mixInto(hash: StateHash): void {
    if (this.#times.length === 0) return;
    for (const word of this.#stream.state) hash.mixInt(word | 0);
  }

  #grow(): void {
    const { capacity } = this.#requests;
    this.#times = resized(this.#times, new Uint8Array(capacity));
    this.#links = resized(this.#links, new Int32Array(capacity));
    this.#deliveries = resized(this.#deliveries, new Uint8Array(capacity));
  }
}
