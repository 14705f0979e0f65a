import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplicationLog } from './replication-log.ts';

describe('ReplicationLog', () => {
  it('is as far behind as its oldest unapplied write is old', () => {
    const log = new ReplicationLog();
    expect(log.lagMs(7)).toBe(0);
    log.append(3, 10);
    log.append(3, 14);
    expect([log.lagMs(20), log.isPending(3), log.isPending(4)]).toEqual([10, true, false]);
    log.apply();
    expect([log.lagMs(20), log.isPending(3)]).toEqual([6, true]);
    log.apply();
    expect([log.lagMs(20), log.isPending(3)]).toEqual([0, false]);
  });

  it('loses the latest unapplied write of a row once, until there is a later one', () => {
    const log = new ReplicationLog();
    log.append(5, 1);
    expect([log.overwrite(5), log.overwrite(5)]).toEqual([true, false]);
    log.append(5, 2);
    expect([log.overwrite(5), log.overwrite(5)]).toEqual([true, false]);
  });

  it('names who waits for a write when it is applied, or when all are let go', () => {
    const log = new ReplicationLog();
    log.append(1, 0, 7);
    log.append(1, 0);
    log.append(2, 0, 9);
    expect([log.apply(), log.apply()]).toEqual([7, -1]);
    log.append(2, 0, 4);
    expect([log.release(), log.release(), log.apply()]).toEqual([[9, 4], [], -1]);
  });

  it('says how many writes are lost when it is cleared', () => {
    const log = new ReplicationLog();
    for (let row = 0; row < 100; row++) log.append(row, row);
    log.apply();
    expect([log.clear(), log.length, log.isPending(50)]).toEqual([99, 0, false]);
  });

  it('forgets the latest writes of one writer, only among the latest of all, and names who waited', () => {
    const log = new ReplicationLog();
    const writers = [1, 2, 1, 2, 1, 1, 2];
    writers.forEach((writer, row) => {
      log.append(row, row, writer === 1 ? row : -1, writer);
    });
    const rows = () => Array.from({ length: log.length }, (_, write) => log.rowOf(write));
    expect([log.forget(1, 2, 3), rows()]).toEqual([
      [5, 4],
      [0, 1, 2, 3, 6],
    ]);
    expect([log.isPending(4), log.isPending(6)]).toEqual([false, true]);
    expect([log.forget(1, 9, 3), rows()]).toEqual([[2], [0, 1, 3, 6]]);
    expect([log.forget(2, 1, 9), rows(), log.apply()]).toEqual([[-1], [0, 1, 3], 0]);
    expect([log.forget(3, 9, 9), log.forget(1, 9, 0), rows()]).toEqual([[], [], [1, 3]]);
  });

  it('keeps every write, whose it is, who waits for it and what was overwritten when it grows', () => {
    const log = new ReplicationLog();
    for (let early = 0; early < 40; early++) log.append(0, 0);
    while (log.length > 0) log.apply();
    for (let row = 0; row < 200; row++) {
      log.append(row, row, row + 1_000, row % 2);
      expect([log.overwrite(row), log.isPending(row)]).toEqual([true, true]);
    }
    for (let row = 0; row < 200; row++) expect(log.overwrite(row)).toBe(false);
    expect([log.forget(1, 9, 1), log.forget(1, 9, 1), log.length]).toEqual([[1_199], [], 199]);
    expect(log.forget(1, 200, 199).length).toBe(99);
    for (let row = 0; row < 200; row += 2) {
      expect([log.rowOf(0), log.lagMs(300), log.apply()]).toEqual([row, 300 - row, row + 1_000]);
    }
  });

  it('keeps the order and the rows of any mix of writes and applies', () => {
    const deed = fc.oneof(fc.constant(-1), fc.nat(300));
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 400, size: 'max' }), (deeds) => {
        const log = new ReplicationLog();
        const model: { row: number; atMs: number }[] = [];
        deeds.forEach((row, atMs) => {
          if (row >= 0) {
            log.append(row, atMs);
            model.push({ row, atMs });
          } else if (model.length > 0) {
            expect(log.rowOf(0)).toBe(model.shift()?.row);
            log.apply();
          }
          expect(log.length).toBe(model.length);
          expect(log.lagMs(atMs)).toBe(atMs - (model[0]?.atMs ?? atMs));
          const asked = Math.max(0, row);
          expect(log.isPending(asked)).toBe(model.some((write) => write.row === asked));
        });
      }),
      { seed: 4, numRuns: 60 },
    );
  });
});
