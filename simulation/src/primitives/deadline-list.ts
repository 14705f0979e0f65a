import type { EventQueue } from '../kernel/event-queue.ts';

/**
 * Deadlines that all lie the same time ahead, so that they fall due in the order in which they were set:
 * a ring and one event at a time instead of one event a deadline. A deadline is void when the ticket
 * it was set with is no longer the job's.
 */
export class DeadlineList {
  readonly #queue: EventQueue;
  readonly #eventKind: number;
  readonly #index: number;
  readonly durationMs: number;
  #dueMs = new Float64Array(64);
  #jobs = new Int32Array(64);
  #tickets = new Int32Array(64);
  #first = 0;
  #length = 0;
  #armed = false;
  /** The deadline that `takeDue` found. */
  job = -1;
  ticket = 0;

  constructor(queue: EventQueue, eventKind: number, index: number, durationMs: number) {
    this.#queue = queue;
    this.#eventKind = eventKind;
    this.#index = index;
    this.durationMs = durationMs;
  }

  add(job: number, ticket: number, nowMs: number): void {
    if (this.#length === this.#jobs.length) this.#grow();
    const at = (this.#first + this.#length) & (this.#jobs.length - 1);
    this.#dueMs[at] = nowMs + this.durationMs;
    this.#jobs[at] = job;
    this.#tickets[at] = ticket;
    this.#length++;
    if (!this.#armed) this.#arm();
  }

  /**
   * To be called when the list's event comes, until it says false: moves to the next deadline that is
   * due. With false the next event is set.
   */
  takeDue(nowMs: number): boolean {
    if (this.#length === 0) {
      this.#armed = false;
      return false;
    }
    if ((this.#dueMs[this.#first] as number) > nowMs) {
      this.#arm();
      return false;
    }
    this.job = this.#jobs[this.#first] as number;
    this.ticket = this.#tickets[this.#first] as number;
    this.#first = (this.#first + 1) & (this.#jobs.length - 1);
    this.#length--;
    return true;
  }

  #arm(): void {
    this.#armed = true;
    this.#queue.push(this.#dueMs[this.#first] as number, this.#eventKind, this.#index, 0);
  }

  #grow(): void {
    const length = this.#jobs.length * 2;
    this.#dueMs = this.#unrolled(this.#dueMs, new Float64Array(length));
    this.#jobs = this.#unrolled(this.#jobs, new Int32Array(length));
    this.#tickets = this.#unrolled(this.#tickets, new Int32Array(length));
    this.#first = 0;
  }

  /** Copies a full ring into a larger one, the first entry in front. */
  #unrolled<T extends Float64Array | Int32Array>(ring: T, larger: T): T {
    larger.set(ring.subarray(this.#first));
    larger.set(ring.subarray(0, this.#first), ring.length - this.#first);
    return larger;
  }
}
