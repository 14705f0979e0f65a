import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Partition } from './partition.ts';

describe('a partition', () => {
  it('keeps what a list would keep, in order, however long it gets', () => {
    const deed = fc.oneof(
      { weight: 6, arbitrary: fc.record({ do: fc.constant('append'), n: fc.nat(200) }) },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('drop-first'), n: fc.nat(100) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('drop-last'), n: fc.nat(20) }) },
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60, size: 'max' }), (deeds) => {
        const partition = new Partition();
        const list: { readonly key: number; readonly kib: number; readonly ms: number }[] = [];
        let key = 0;
        for (const { do: what, n } of deeds) {
          if (what === 'append') {
            for (let i = 0; i < n; i++, key++) {
              partition.append(key, (key % 7) + 1, key / 3);
              list.push({ key, kib: (key % 7) + 1, ms: key / 3 });
            }
          } else {
            const count = Math.min(n, list.length);
            const isFirst = what === 'drop-first';
            const dropped = isFirst ? list.splice(0, count) : list.splice(list.length - count);
            const kib = isFirst
              ? partition.dropBefore(partition.first + count)
              : partition.dropFrom(partition.end - count);
            expect(kib).toBe(dropped.reduce((sum, message) => sum + message.kib, 0));
          }
        }
        const kept = Array.from({ length: partition.end - partition.first }, (_, i) => {
          const offset = partition.first + i;
          return [partition.key(offset), partition.appendedMs(offset)];
        });
        expect(kept).toEqual(list.map((message) => [message.key, message.ms]));
      }),
      { seed: 3, numRuns: 40 },
    );
  });
});
