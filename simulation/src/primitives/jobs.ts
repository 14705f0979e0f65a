/**
 * What the primitives know about the jobs that pass through them: one slot a job, a job being an
 * index. A job waits in at most one list at a time, so one pair of links serves every list.
 */
export class Jobs {
  next: Int32Array;
  prev: Int32Array;
  /** CPU time that the present burst takes, in milliseconds. */
  demandMs: Float64Array;
  /** When the job joined the line that it stands in, where the line's owner says so. */
  queuedMs: Float64Array;
  /** 1 once nobody waits for the job's outcome: a burst that has not begun then costs nothing. */
  cancelled: Uint8Array;

  constructor(capacity: number) {
    this.next = new Int32Array(capacity).fill(-1);
    this.prev = new Int32Array(capacity).fill(-1);
    this.demandMs = new Float64Array(capacity);
    this.queuedMs = new Float64Array(capacity);
    this.cancelled = new Uint8Array(capacity);
  }

  /** Makes room for `capacity` jobs; indexes stay valid. */
  grow(capacity: number): void {
    this.next = resized(this.next, new Int32Array(capacity).fill(-1));
    this.prev = resized(this.prev, new Int32Array(capacity).fill(-1));
    this.demandMs = resized(this.demandMs, new Float64Array(capacity));
    this.queuedMs = resized(this.queuedMs, new Float64Array(capacity));
    this.cancelled = resized(this.cancelled, new Uint8Array(capacity));
  }
}

/** Copies a typed array into a larger one of its kind. */
export function resized<T extends { set(source: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
