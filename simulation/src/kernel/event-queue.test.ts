import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

function drain(queue: EventQueue): number[][] {
  const popped: number[][] = [];
  while (queue.pop()) popped.push([queue.timeMs, queue.kind, queue.a, queue.b]);
  return popped;
}

/** Few distinct times, so that ties abound. */
const timeMs = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }));
/** Without a size, fast-check makes no array longer than ten: a heap of three levels. */
const LONG = { maxLength: 300, size: 'max' } as const;

describe('EventQueue', () => {
  it('counts the events added, whether they are pending or not', () => {
    const queue = new EventQueue();
    for (let i = 0; i < 5; i++) queue.push(i, 0, 0, 0);
    queue.pop();
    queue.push(9, 0, 0, 0);
    expect([queue.added, queue.size]).toEqual([6, 5]);
    queue.clear();
    expect(queue.added).toBe(0);
  });

  it('pops in the order of a stable sort by time', () => {
    fc.assert(
      fc.property(fc.array(timeMs, LONG), (times) => {
        const queue = new EventQueue(1);
        times.forEach((time, index) => {
          queue.push(time, index % 7, index, -index);
        });
        const expected = times
          .map((time, index) => [time, index % 7, index, 0 - index])
          .sort(
            (one, other) => Number(one[0]) - Number(other[0]) || Number(one[2]) - Number(other[2]),
          );
        expect(drain(queue).map((event) => event[2])).toEqual(expected.map((event) => event[2]));
        expect(queue.size).toBe(0);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('agrees with a sorted list through any mixture of pushes, pops, peeks and clears', () => {
    const step = fc.oneof(
      { weight: 60, arbitrary: timeMs },
      { weight: 35, arbitrary: fc.constant('pop' as const) },
      { weight: 14, arbitrary: fc.constant('peek' as const) },
      { weight: 1, arbitrary: fc.constant('clear' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, LONG), (steps) => {
        const queue = new EventQueue(2);
        const model = new SortedList();
        steps.forEach((action, index) => {
          if (typeof action === 'number') {
            queue.push(action, 1, index, 2);
            model.push(action, index);
          } else if (action === 'pop') {
            const expected = model.pop();
            expect(queue.pop()).toBe(expected !== undefined);
            if (expected !== undefined) expect([queue.timeMs, queue.a]).toEqual(expected);
          } else if (action === 'clear') {
            queue.clear();
            model.clear();
          } else if (action === 'peek') expect(queue.peekTimeMs()).toBe(model.peekTimeMs());
          expect(queue.size).toBe(model.size);
        });
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('carries kind and both arguments over the int32 range', () => {
    const queue = new EventQueue();
    queue.push(2.5, 65535, 2147483647, -2147483648);
    expect(drain(queue)).toEqual([[2.5, 65535, 2147483647, -2147483648]]);
  });

  it('keeps insertion order among ties when an event is pushed right after a pop', () => {
    const queue = new EventQueue();
    for (const a of [1, 2, 3]) queue.push(5, 0, a, 0);
    queue.pop();
    queue.push(5, 0, 4, 0);
    expect(drain(queue).map((event) => event[2])).toEqual([2, 3, 4]);
  });

  it('keeps the popped fields until the next pop, whatever is pushed', () => {
    const queue = new EventQueue();
    queue.push(1, 2, 3, 4);
    queue.pop();
    queue.push(9, 9, 9, 9);
    queue.peekTimeMs();
    expect([queue.timeMs, queue.kind, queue.a, queue.b]).toEqual([1, 2, 3, 4]);
  });

  it('says when it is empty', () => {
    const queue = new EventQueue();
    expect(queue.pop()).toBe(false);
    expect(queue.peekTimeMs()).toBe(Infinity);
    queue.push(Infinity, 1, 0, 0);
    expect(queue.size).toBe(1);
    expect(queue.pop()).toBe(true);
    expect(queue.size).toBe(0);
    expect(queue.pop()).toBe(false);
  });

  it('refuses a NaN time and leaves itself unchanged', () => {
    const queue = new EventQueue();
    queue.push(1, 0, 1, 0);
    expect(() => queue.push(Number.NaN, 0, 0, 0)).toThrow(new RangeError('event time is NaN'));
    expect(drain(queue)).toEqual([[1, 0, 1, 0]]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a capacity of %s', (capacity) => {
    const refusal = new RangeError(`event queue capacity must be a positive integer: ${capacity}`);
    expect(() => new EventQueue(capacity)).toThrow(refusal);
  });
});

class SortedList {
  private events: [number, number][] = [];

  get size(): number {
    return this.events.length;
  }

  push(time: number, a: number): void {
    const later = this.events.findIndex((event) => event[0] > time);
    this.events.splice(later === -1 ? this.events.length : later, 0, [time, a]);
  }

  pop(): [number, number] | undefined {
    return this.events.shift();
  }

  peekTimeMs(): number {
    return this.events[0]?.[0] ?? Infinity;
  }

  clear(): void {
    this.events = [];
  }
}
