import type { Clock } from './clock.ts';
import { ATTEMPT_ANSWERED, CALL_ARRIVED } from './event-kind.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { Request } from './request.ts';
import type { RunningLink } from './running-node.ts';

/** What happens at the end of a link that has no latency, at once. */
export interface WireEnds {
  arrive(request: Request): void;
  attemptAnswered(attempt: Request): void;
  answered(request: Request): void;
}

/** Carries calls and answers over links: at once, after a link's latency, or later when packets are lost. */
export class Wire {
  readonly #o: InterpreterOptions;
  readonly #clock: Clock;
  readonly #ends: WireEnds;

  constructor(options: InterpreterOptions, ends: WireEnds) {
    this.#o = options;
    this.#clock = options.clock;
    this.#ends = ends;
  }

  /** Sends a call or an answer, `delivery` being the event of its arrival; `lostBefore`: how often it was lost already. */
  transmit(request: Request, link: RunningLink, delivery: number, lostBefore = 0): void {
    if (link.lossRatio > 0 && this.#o.losses.lose(request, link, delivery, lostBefore)) return;
    if (link.latencyMs > 0) {
      this.#o.queue.push(this.#clock.nowMs + link.latencyMs, delivery, request.row, 0);
    } else if (delivery === CALL_ARRIVED) this.#ends.arrive(request);
    else if (delivery === ATTEMPT_ANSWERED) this.#ends.attemptAnswered(request);
    else this.#ends.answered(request);
  }

  /** A packet that was lost is sent again, unless nobody waits for it any more. */
  resend(request: Request, ticket: number): void {
    const lost = this.#o.losses.due(request, ticket);
    if (lost !== undefined) this.transmit(request, lost.link, lost.delivery, lost.times);
  }

  /** Whether the request's call or answer was lost; it is never sent again. */
  giveUpLost(request: Request): boolean {
    const lost = this.#o.losses.take(request);
    if (lost?.delivery === CALL_ARRIVED) lost.link.fail();
    return lost !== undefined;
  }
}
