import type { EventQueue } from '../kernel/event-queue.ts';

/**
 * Alarms that nodes set for themselves: an autoscaler's next look, a health check, a flush. A timer is
 * made once, rings once each time it is armed, and is armed again by its owner, mostly when it rings.
 */
export class Timers {
  readonly #queue: EventQueue;
  readonly #eventKind: number;
  readonly #nodes: number[] = [];
  readonly #ring: ((nowMs: number) => void)[] = [];
  /** The only event of each timer that counts; older ones are void. */
  readonly #versions: number[] = [];

  constructor(queue: EventQueue, eventKind: number) {
    this.#queue = queue;
    this.#eventKind = eventKind;
  }

  /** A new timer of a node, not armed; `ring` is called at its time, and may arm it again. */
  create(node: number, ring: (nowMs: number) => void): number {
    this.#nodes.push(node);
    this.#versions.push(0);
    return this.#ring.push(ring) - 1;
  }

  /** Sets the timer to ring at `atMs` (not before now), instead of any earlier setting. */
  arm(timer: number, atMs: number): void {
    this.disarm(timer);
    this.#queue.push(atMs, this.#eventKind, timer, this.#versions[timer] as number);
  }

  disarm(timer: number): void {
    this.#versions[timer] = ((this.#versions[timer] as number) + 1) | 0;
  }

  /** Disarms every timer of a node, for one that is gone. */
  disarmNode(node: number): void {
    for (let timer = 0; timer < this.#nodes.length; timer++) {
      if (this.#nodes[timer] === node) this.disarm(timer);
    }
  }

  /** Takes a timer's event from the queue. */
  onEvent(timer: number, version: number, nowMs: number): void {
    if (this.#versions[timer] === version) (this.#ring[timer] as (nowMs: number) => void)(nowMs);
  }
}
