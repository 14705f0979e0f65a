import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeDeque } from './time-deque.ts';

describe('TimeDeque', () => {
  it('has no first time while empty', () => {
    expect(new TimeDeque().first).toBe(Number.POSITIVE_INFINITY);
  });

  it('is an array that grows behind and shrinks at both ends', () => {
    const step = fc.constantFrom('push', 'push', 'push', 'shift', 'pop', 'clear');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), (steps) => {
        const [deque, model] = [new TimeDeque(), [] as number[]];
        steps.forEach((what, time) => {
          if (what === 'push') {
            deque.push(time);
            model.push(time);
          } else if (what === 'clear') {
            // Rare: every sixth step would keep the row short.
            if (time % 7 !== 0) return;
            deque.clear();
            model.length = 0;
          } else if (model.length > 0) {
            deque[what]();
            model[what]();
          }
          expect(deque.length).toBe(model.length);
          expect(deque.first).toBe(model[0] ?? Number.POSITIVE_INFINITY);
        });
        while (model.length > 0) {
          expect(deque.first).toBe(model.shift());
          deque.shift();
        }
      }),
    );
  });
});
