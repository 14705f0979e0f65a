import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Jobs } from './jobs.ts';
import { WaitList } from './wait-list.ts';

describe('WaitList', () => {
  it('behaves as an array through any joining, leaving and being cut out, two lists side by side', () => {
    const step = fc.record({
      list: fc.nat(1),
      what: fc.constantFrom('push', 'push', 'shift', 'remove'),
      pick: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const jobs = new Jobs(steps.length + 1);
        const lists = [new WaitList(jobs), new WaitList(jobs)];
        const models: number[][] = [[], []];
        steps.forEach(({ list: which, what, pick }, job) => {
          const list = lists[which] as WaitList;
          const model = models[which] as number[];
          if (what === 'push') {
            list.push(job);
            model.push(job);
          } else if (what === 'shift') {
            expect(list.shift()).toBe(model.shift() ?? -1);
          } else if (model.length > 0) {
            const [cut] = model.splice(pick % model.length, 1);
            list.remove(cut as number);
          }
          expect(list.length).toBe(model.length);
        });
        lists.forEach((list, which) => {
          for (const job of models[which] as number[]) expect(list.shift()).toBe(job);
          expect(list.shift()).toBe(-1);
        });
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('takes a job again that has left', () => {
    const list = new WaitList(new Jobs(2));
    list.push(0);
    list.push(1);
    list.push(list.shift());
    expect([list.shift(), list.shift(), list.shift()]).toEqual([1, 0, -1]);
  });
});
