import { describe, expect, it } from 'vitest';
import { exp } from '../kernel/det-math.ts';
import { type Lab, observeRuns, patient, QueueLab } from '../testing/queue-lab.ts';
import { errorsOff, estimate } from '../testing/statistics.ts';
import type { Component } from './component.ts';
import { call, draw, flushed, holdWrite, unlessHit } from './step.ts';

const FLUSH_MS = 100;

/** Writes of evenly popular items into memory, in front of a database that takes no time. */
function writes(items: number, room = items): Lab {
  const cache: Component = {
    kind: 'vm-basic',
    routes: { database: [['sql-primary']] },
    resources: () => ({
      items: {
        type: 'store',
        items,
        capacity: items,
        writeBack: { items: room, flushMs: FLUSH_MS },
      },
    }),
    request: () => [draw('items'), holdWrite, unlessHit(call('database', 'write'))],
    handlers: () => ({ flush: [call('database', 'write'), flushed] }),
  };
  const database: Component = {
    kind: 'sql-primary',
    routes: {},
    resources: () => ({}),
    handlers: () => ({ write: [] }),
  };
  return {
    components: { 'vm-basic': cache, 'sql-primary': database },
    links: [
      { from: 'clients', to: 'vm-basic' },
      { from: 'vm-basic', to: 'sql-primary' },
    ],
    classes: { any: patient('write') },
    data: { items, zipfExponent: 0, hotRows: 1, hotRowExponent: 0 },
  };
}

const FOR_MS = 20_000;

function databaseWritesPerMs(items: number, perMs: number) {
  const load = { perMs, warmUpMs: 1_000, forMs: FOR_MS };
  return estimate(observeRuns(writes(items), load, (row) => row('sql-primary').offered / FOR_MS));
}

describe('a cache that writes back', () => {
  it('writes an item once for all its writes between two flushes', () => {
    const items = 20;
    const perItemMs = 0.01;
    const dirty = 1 - exp(-perItemMs * FLUSH_MS);
    const figure = databaseWritesPerMs(items, items * perItemMs);
    expect(errorsOff(figure, (items * dirty) / FLUSH_MS)).toBeLessThan(4);
  });

  it('rests while nothing is dirty, and flushes an interval after the next write', () => {
    const perMs = 0.01;
    const none = exp(-perMs * FLUSH_MS);
    const cycleMs = FLUSH_MS + none * (FLUSH_MS + 1 / perMs);
    expect(errorsOff(databaseWritesPerMs(1, perMs), 1 / cycleMs)).toBeLessThan(4);
  });

  it('lets writes through to the database for which it has no room', () => {
    const lab = new QueueLab(writes(50, 10), 1);
    lab.offer(1);
    const row = lab.run(99);
    expect(row('vm-basic').dirtyItems).toBe(10);
    expect(row('sql-primary').offered).toBeGreaterThan(30);
    expect(row('*').served).toBe(row('*').offered);
  });

  it('loses just the writes that no flush has written when it stops', () => {
    const lab = new QueueLab(writes(50), 1);
    const rows = [];
    lab.offer(1);
    for (let i = 0; i < 4; i++) rows.push(lab.run(60));
    lab.simulator.restart('vm-basic');
    const after = lab.run(0.001);
    const accepted = rows.reduce((sum, row) => sum + row('vm-basic').served, 0);
    const last = rows.at(-1);
    expect(rows.map((row) => row('vm-basic').lostWrites)).toEqual([0, 0, 0, 0]);
    expect(last?.('vm-basic').dirtyItems).toBeGreaterThan(10);
    expect(after('vm-basic').dirtyItems).toBe(0);
    // Flushes came after 100 and 200 ms: what was accepted after the second of them is lost.
    expect(after('vm-basic').lostWrites).toBeGreaterThan(20);
    expect(after('vm-basic').lostWrites).toBeLessThan(accepted / 3);
    expect(after('vm-basic').lostWrites).toBeLessThanOrEqual(last?.('vm-basic').served ?? 0);
  });
});
