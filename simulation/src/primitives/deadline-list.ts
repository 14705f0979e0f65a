import type { EventQueue } from '../kernel/event-queue.ts';

/** Whether a job's deadline with this ticket still counts. */
export type IsCurrent = (job: number, ticket: number) => boolean;

/**
 * Deadlines that all lie the same time ahead, so that they fall due in the order in which they were set:
 * a ring and one event at a time instead of one event a deadline. A deadline is void when the ticket
 * it was set with is no longer the job's; void ones at the front are let go when the ring is full or its event comes, so that
 * neither the ring nor the events grow with jobs that ended in time.
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
  readonly #isCurrent: IsCurrent;
  /** The deadline that `takeDue` found. */
  job = -1;
  ticket = 0;

  constructor(
    queue: EventQueue,
    eventKind: number,
    index: number,
    durationMs: number,
    isCurrent: IsCurrent = () => true,
  ) {
    this.#queue = queue;
    this.#eventKind = eventKind;
    this.#index = index;
    this.durationMs = durationMs;
    this.#isCurrent = isCurrent;
  }

  add(job: number, ticket: number, nowMs: number): void {
    if (this.#length === this.#jobs.length) this.#makeRoom();
    const at = (this.#first + this.#length) & (this.#jobs.length - 1);
    this.#dueMs[at] = nowMs + this.durationMs;
    this.#jobs[at] = job;
    this.#tickets[at] = ticket;
    this.#length++;
    if (!this.#armed) this.#arm();
  }

  /**
   * To be called when the list's event comes, until it says false: moves to the next deadline that is
   * due and not void. With false the next event is set.
   */
  takeDue(nowMs: number): boolean {
    this.#letGoOfVoid();
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
    this.#advance();
    return true;
  }

  #letGoOfVoid(): void {
    while (this.#length > 0) {
      const first = this.#first;
      if (this.#isCurrent(this.#jobs[first] as number, this.#tickets[first] as number)) return;
      this.#advance();
    }
  }

  #advance(): void {
    this.#first = (this.#first + 1) & (this.#jobs.length - 1);
    this.#length--;
  }

  #arm(): void {
    this.#armed = true;
    this.#queue.push(this.#dueMs[this.#first] as number, this.#eventKind, this.#index, 0);
  }

  #makeRoom(): void {
    this.#letGoOfVoid();
    if (this.#length === this.#jobs.length) this.#grow();
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
