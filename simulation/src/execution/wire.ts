import type { Clock } from './clock.ts';
import { CALL_ARRIVED } from './event-kind.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { Request } from './request.ts';
import type { RunningLink } from './running-node.ts';

/** Carries calls and answers over links: at once, after a link's latency, or later when packets are lost. */
export class Wire {
  readonly #o: InterpreterOptions;
  readonly #clock: Clock;

  constructor(options: InterpreterOptions) {
    this.#o = options;
    this.#clock = options.clock;
  }

  /**
   * Sends a call or an answer, `delivery` being the event of its arrival; `lostBefore`: how often it was lost already.
   * Whether it has arrived at once, in which case there is no such event.
   */
  transmit(request: Request, link: RunningLink, delivery: number, lostBefore = 0): boolean {
    if (link.lossRatio > 0 && this.#o.losses.lose(request, link, delivery, lostBefore))
      return false;
    if (link.latencyMs === 0) return true;
    this.#o.queue.push(this.#clock.nowMs + link.latencyMs, delivery, request.row, 0);
    return false;
  }

  /** A packet that was lost is sent again, unless nobody waits for it any more: its delivery if it has arrived at once, else -1. */
  resend(request: Request, ticket: number): number {
    const lost = this.#o.losses.due(request, ticket);
    if (lost === undefined) return -1;
    const { link, delivery, times } = lost;
    return this.transmit(request, link, delivery, times) ? delivery : -1;
  }

  /** Whether the request's call or answer was lost; it is never sent again. */
  giveUpLost(request: Request): boolean {
    const lost = this.#o.losses.take(request);
    if (lost?.delivery === CALL_ARRIVED) lost.link.fail();
    return lost !== undefined;
  }
}
