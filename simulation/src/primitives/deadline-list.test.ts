import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../kernel/event-queue.ts';
import { DeadlineList } from './deadline-list.ts';

const DUE = 1;

interface Due {
  readonly job: number;
  readonly ticket: number;
  readonly atMs: number;
}

/** Sets deadlines at their times and answers those that fell due, with the events it took. */
function play(durationMs: number, setMs: readonly number[]): { due: Due[]; events: number } {
  const queue = new EventQueue();
  const list = new DeadlineList(queue, DUE, 5, durationMs);
  setMs.forEach((atMs, job) => void queue.push(atMs, 0, job, 0));
  const due: Due[] = [];
  let events = 0;
  while (queue.pop()) {
    const { timeMs: atMs, kind, a } = queue;
    if (kind !== DUE) {
      list.add(a, a * 7, atMs);
      continue;
    }
    expect(a).toBe(5);
    events++;
    while (list.takeDue(atMs)) due.push({ job: list.job, ticket: list.ticket, atMs });
  }
  return { due, events };
}

describe('DeadlineList', () => {
  it('answers every deadline at its time, in the order of setting, with its ticket', () => {
    const gaps = fc.array(fc.oneof(fc.constant(0), fc.nat(50)), { maxLength: 400, size: 'max' });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), gaps, (durationMs, list) => {
        let nowMs = 0;
        const setMs = list.map((gap) => {
          nowMs += gap;
          return nowMs;
        });
        const expected = setMs.map((atMs, job) => ({
          job,
          ticket: job * 7,
          atMs: atMs + durationMs,
        }));
        expect(play(durationMs, setMs).due).toEqual(expected);
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  it('keeps the order while it grows with deadlines at both ends of its ring', () => {
    const setMs = Array.from({ length: 5000 }, (_, i) => Math.floor(400 * Math.sqrt(i)));
    const { due } = play(800, setMs);
    expect(due.map(({ job }) => job)).toEqual(setMs.map((_, job) => job));
  });

  it('has one event under way at a time, and is armed again after it ran empty', () => {
    const { due, events } = play(10, [0, 0, 0, 1, 1, 100, 100]);
    expect(due.map(({ atMs }) => atMs)).toEqual([10, 10, 10, 11, 11, 110, 110]);
    expect(events).toBe(3);
  });

  it('takes a deadline that is set while others fall due', () => {
    const queue = new EventQueue();
    const list = new DeadlineList(queue, DUE, 0, 10);
    list.add(1, 1, 0);
    queue.pop();
    expect(list.takeDue(10)).toBe(true);
    list.add(2, 2, 10);
    expect(list.takeDue(10)).toBe(false);
    expect(queue.size).toBe(1);
    queue.pop();
    expect([queue.timeMs, list.takeDue(20), list.job, list.takeDue(20)]).toEqual([
      20,
      true,
      2,
      false,
    ]);
    list.add(3, 3, 40);
    expect(queue.peekTimeMs()).toBe(50);
  });

  it('passes over void deadlines, and sets no event of their own for them', () => {
    const queue = new EventQueue();
    const current = new Set([9]);
    const list = new DeadlineList(queue, DUE, 0, 1_000, (job) => current.has(job));
    for (let job = 0; job < 900; job++) {
      current.add(job);
      list.add(job, 0, job);
      if (job !== 9 && job !== 500) current.delete(job);
    }
    const due: number[][] = [];
    let events = 0;
    while (queue.pop()) {
      events++;
      while (list.takeDue(queue.timeMs)) due.push([list.job, queue.timeMs]);
    }
    expect(due).toEqual([
      [9, 1_009],
      [500, 1_500],
    ]);
    expect(events).toBe(3);
  });
});
