/**
 * Pending events in order of time, then of insertion: a flat binary heap over typed arrays.
 *
 * The heap moves only a time and a slot number; an event's other fields stay in its slot. `slots`
 * is always a permutation of 0..capacity-1, so what lies past the heap is the list of free slots.
 * A pop leaves its place at the root vacant, for the push that usually follows it.
 */
export class EventQueue {
  /** The popped event's fields, valid until the next pop. */
  timeMs = 0;
  kind = 0;
  a = 0;
  b = 0;

  /** Places in use, a vacant root among them. */
  private length = 0;
  private rootIsVacant = false;
  private sequence = 0;
  private times: Float64Array;
  private slots: Int32Array;
  /** By slot: the order of insertion. */
  private sequences: Float64Array;
  /** By slot, four words apart: kind, a, b. */
  private payloads: Int32Array;

  /** @param initialCapacity events held before the first doubling, an integer >= 1 */
  constructor(initialCapacity = 64) {
    if (!Number.isInteger(initialCapacity) || initialCapacity < 1) {
      throw new RangeError(`event queue capacity must be a positive integer: ${initialCapacity}`);
    }
    this.times = new Float64Array(initialCapacity);
    this.slots = identity(initialCapacity);
    this.sequences = new Float64Array(initialCapacity);
    this.payloads = new Int32Array(initialCapacity * 4);
  }

  /** Events pending. */
  get size(): number {
    return this.rootIsVacant ? this.length - 1 : this.length;
  }

  /** Events added since the beginning or the latest `clear`. */
  get added(): number {
    return this.sequence;
  }

  /** Adds an event; kind, a and b are int32. Throws RangeError on a NaN time. */
  push(timeMs: number, kind: number, a: number, b: number): void {
    if (Number.isNaN(timeMs)) throw new RangeError('event time is NaN');
    if (this.rootIsVacant) {
      this.rootIsVacant = false;
      const slot = this.slots[0] as number;
      this.fill(slot, kind, a, b);
      this.sink(timeMs, slot);
      return;
    }
    if (this.length === this.times.length) this.grow();
    const slot = this.slots[this.length] as number;
    this.fill(slot, kind, a, b);
    this.length += 1;
    this.rise(timeMs, slot);
  }

  /** The next event's time, Infinity when empty. */
  peekTimeMs(): number {
    if (this.rootIsVacant) this.closeRoot();
    return this.length === 0 ? Infinity : (this.times[0] as number);
  }

  /** Moves the next event into the public fields; false when there is none. */
  pop(): boolean {
    if (this.rootIsVacant) this.closeRoot();
    if (this.length === 0) return false;
    const base = (this.slots[0] as number) << 2;
    const payloads = this.payloads;
    this.timeMs = this.times[0] as number;
    this.kind = payloads[base] as number;
    this.a = payloads[base + 1] as number;
    this.b = payloads[base + 2] as number;
    this.rootIsVacant = true;
    return true;
  }

  /** Forgets every pending event. */
  clear(): void {
    this.length = 0;
    this.rootIsVacant = false;
    this.sequence = 0;
  }

  private fill(slot: number, kind: number, a: number, b: number): void {
    const payloads = this.payloads;
    const base = slot << 2;
    this.sequences[slot] = this.sequence++;
    payloads[base] = kind;
    payloads[base + 1] = a;
    payloads[base + 2] = b;
  }

  /** Gives the vacant root to the last event of the heap. */
  private closeRoot(): void {
    const slots = this.slots;
    const last = this.length - 1;
    const freed = slots[0] as number;
    const moved = slots[last] as number;
    this.rootIsVacant = false;
    this.length = last;
    slots[last] = freed;
    if (last > 0) this.sink(this.times[last] as number, moved);
  }

  /** Places the newest event from the last place upwards; it comes after those of equal time. */
  private rise(timeMs: number, slot: number): void {
    const times = this.times;
    const slots = this.slots;
    let hole = this.length - 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentTime = times[parent] as number;
      if (parentTime <= timeMs) break;
      times[hole] = parentTime;
      slots[hole] = slots[parent] as number;
      hole = parent;
    }
    times[hole] = timeMs;
    slots[hole] = slot;
  }

  /** Places an event from the root downwards. */
  private sink(timeMs: number, slot: number): void {
    const times = this.times;
    const slots = this.slots;
    const last = this.length - 1;
    let hole = 0;
    let child = 1;
    while (child <= last) {
      if (child < last) {
        const left = times[child] as number;
        const right = times[child + 1] as number;
        if (left !== right) child += +(right < left);
        else if (this.precedes(slots[child + 1] as number, slots[child] as number)) child += 1;
      }
      const childTime = times[child] as number;
      if (timeMs < childTime) break;
      if (timeMs === childTime && this.precedes(slot, slots[child] as number)) break;
      times[hole] = childTime;
      slots[hole] = slots[child] as number;
      hole = child;
      child = 2 * hole + 1;
    }
    times[hole] = timeMs;
    slots[hole] = slot;
  }

  private precedes(slot: number, other: number): boolean {
    return (this.sequences[slot] as number) < (this.sequences[other] as number);
  }

  private grow(): void {
    const { times, slots, sequences, payloads } = this;
    const capacity = times.length * 2;
    this.times = new Float64Array(capacity);
    this.slots = identity(capacity);
    this.sequences = new Float64Array(capacity);
    this.payloads = new Int32Array(capacity * 4);
    this.times.set(times);
    this.slots.set(slots);
    this.sequences.set(sequences);
    this.payloads.set(payloads);
  }
}

function identity(length: number): Int32Array {
  return new Int32Array(length).map((_, index) => index);
}
