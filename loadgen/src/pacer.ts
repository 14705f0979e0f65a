import type { LoadOrder, LoadPlan } from '@project-devops/simulation/protocol';
import { Arrivals } from './arrivals.ts';

export interface PacerPorts {
  /** Unix ms, with fractions. */
  now(): number;
  later(action: () => void, ms: number): void;
  /** A request is due now; `seconds` since its plan's beginning. */
  send(plan: LoadPlan, seconds: number): void;
  /** So many requests could not be sent in time. */
  miss(count: number): void;
}

/** A request that is due longer than this was not offered in time: what it would meet is another moment. */
const LATEST_MS = 250;

/** Sends each request of the present plan when it is due, and changes plans at the ordered instants. */
export class Pacer {
  readonly #ports: PacerPorts;
  #plan: LoadPlan | null = null;
  #beginMs = 0;
  #arrivals = new Arrivals([], 0, 1);
  #next: LoadOrder | null = null;
  /** Of the timer that counts; older ones do nothing. */
  #timer = 0;

  constructor(ports: PacerPorts) {
    this.#ports = ports;
  }

  /** Replaces an order that has not begun yet. */
  obey(order: LoadOrder): void {
    this.#next = order;
    this.#run();
  }

  #run(): void {
    const nowMs = this.#ports.now();
    const next = this.#next;
    if (next !== null && next.beginMs <= nowMs) {
      this.#sendUntil(next.beginMs, nowMs);
      this.#begin(next);
    }
    this.#sendUntil(nowMs, nowMs);
    this.#sleep(nowMs);
  }

  #begin({ plan, beginMs }: LoadOrder): void {
    this.#arrivals = new Arrivals(plan?.steps ?? [], beginMs, this.#arrivals.left);
    this.#plan = plan;
    this.#beginMs = beginMs;
    this.#next = null;
  }

  #sendUntil(untilMs: number, nowMs: number): void {
    let missed = 0;
    for (;;) {
      const dueMs = this.#arrivals.takeBefore(untilMs);
      if (dueMs === null || this.#plan === null) break;
      if (nowMs - dueMs > LATEST_MS) missed++;
      else this.#ports.send(this.#plan, (dueMs - this.#beginMs) / 1000);
    }
    if (missed > 0) this.#ports.miss(missed);
  }

  #sleep(nowMs: number): void {
    this.#timer++;
    const timer = this.#timer;
    const untilMs = Math.min(
      this.#arrivals.nextMs,
      this.#next?.beginMs ?? Number.POSITIVE_INFINITY,
    );
    if (untilMs === Number.POSITIVE_INFINITY) return;
    this.#ports.later(() => timer === this.#timer && this.#run(), Math.max(0, untilMs - nowMs));
  }
}
