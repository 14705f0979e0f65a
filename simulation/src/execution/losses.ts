import type { EventQueue } from '../kernel/event-queue.ts';
import type { RandomStream } from '../kernel/random.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import type { Clock } from './clock.ts';
import { CALL_ARRIVED, RESENT } from './event-kind.ts';
import type { Request } from './request.ts';
import type { RunningLink } from './running-node.ts';

/** TCP sends a lost packet again after this time, and after twice the time each time it is lost again (RFC 6298, with Linux's bounds). */
const FIRST_TIMEOUT_MS = 200;
const LONGEST_TIMEOUT_MS = 120_000;

/** A packet that was lost and is not sent again yet. */
interface Lost {
  readonly link: RunningLink;
  /** The event that it would have been. */
  readonly delivery: number;
  readonly times: number;
}

/**
 * Packets of calls and answers that links lose. A call or an answer is one packet; a lost one is sent
 * again until it comes through, or until nobody waits for it any more.
 */
export class Losses {
  readonly #queue: EventQueue;
  readonly #clock: Clock;
  readonly #stream: RandomStream;
  readonly #lost = new Map<Request, Lost>();
  #hasLost = false;

  constructor(queue: EventQueue, clock: Clock, stream: RandomStream) {
    this.#queue = queue;
    this.#clock = clock;
    this.#stream = stream;
  }

  /** What the request's retransmission is about; undefined when its ticket is not the one it waits for. */
  due(request: Request, ticket: number): Lost | undefined {
    return request.waitTicket === ticket ? this.take(request) : undefined;
  }

  /** The request's lost packet, which is sent again now, or never; undefined when none is lost. */
  take(request: Request): Lost | undefined {
    const lost = this.#lost.get(request);
    this.#lost.delete(request);
    return lost;
  }

  /** Whether a packet that was lost `before` times is lost over the link again; it is then sent again later. */
  lose(request: Request, link: RunningLink, delivery: number, before: number): boolean {
    if (!link.isCut && this.#stream.nextFloat() >= link.lossRatio) return false;
    const timeoutMs = Math.min(LONGEST_TIMEOUT_MS, FIRST_TIMEOUT_MS * (1 << Math.min(before, 20)));
    this.#hasLost = true;
    this.#lost.set(request, { link, delivery, times: before + 1 });
    if (delivery !== CALL_ARRIVED) link.sumMs += timeoutMs;
    request.waitTicket = (request.waitTicket + 1) | 0;
    this.#queue.push(this.#clock.nowMs + timeoutMs, RESENT, request.row, request.waitTicket);
    return true;
  }

  /** Mixes nothing in before the first packet is lost. */
  mixInto(hash: StateHash): void {
    if (!this.#hasLost) return;
    for (const word of this.#stream.state) hash.mixInt(word | 0);
  }
}
