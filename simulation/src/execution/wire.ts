import { ATTEMPT_ANSWERED, CALL_ARRIVED } from './event-kind.ts';
import type { InterpreterOptions } from './interpreter-options.ts';
import type { RunningLink } from './running-node.ts';

/** What happens at the end of a link that has no latency, at once. */
export interface Arrivals {
  arrive(request: number): void;
  answeredAttempt(attempt: number): void;
  answered(request: number): void;
}

/** Carries calls and answers over links: at once, after a link's latency, or later when packets are lost. */
export class Wire {
  readonly #o: InterpreterOptions;
  readonly #clock: { readonly nowMs: number };
  readonly #arrivals: Arrivals;

  constructor(options: InterpreterOptions, clock: { readonly nowMs: number }, arrivals: Arrivals) {
    this.#o = options;
    this.#clock = clock;
    this.#arrivals = arrivals;
  }

  /** Sends a call or an answer, `delivery` being the event of its arrival; `lostBefore`: how often it was lost already. */
  transmit(request: number, linkNumber: number, delivery: number, lostBefore = 0): void {
    const { losses, queue } = this.#o;
    const { nowMs } = this.#clock;
    const link = this.#link(linkNumber);
    if (link.lossRatio > 0 && losses.lose(request, link, linkNumber, delivery, lostBefore, nowMs)) {
      return;
    }
    if (link.latencyMs > 0) queue.push(nowMs + link.latencyMs, delivery, request, 0);
    else if (delivery === CALL_ARRIVED) this.#arrivals.arrive(request);
    else if (delivery === ATTEMPT_ANSWERED) this.#arrivals.answeredAttempt(request);
    else this.#arrivals.answered(request);
  }

  /** A packet that was lost is sent again, unless nobody waits for it any more. */
  resend(request: number, ticket: number): void {
    const { losses } = this.#o;
    if (!losses.isDue(request, ticket)) return;
    this.transmit(
      request,
      losses.linkOf(request),
      losses.deliveryOf(request),
      losses.take(request),
    );
  }

  /** Whether the request's call or answer was lost; it is never sent again. */
  giveUpLost(request: number): boolean {
    const { losses } = this.#o;
    if (!losses.isLost(request)) return false;
    if (losses.deliveryOf(request) === CALL_ARRIVED) this.#link(losses.linkOf(request)).fail();
    losses.take(request);
    return true;
  }

  #link(number: number): RunningLink {
    return this.#o.topology.links[number] as RunningLink;
  }
}
