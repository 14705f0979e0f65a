import { describe, expect, it } from 'vitest';
import { EventQueue } from '../kernel/event-queue.ts';
import { Timers } from './timers.ts';

function setUp() {
  const queue = new EventQueue();
  const timers = new Timers(queue, 7);
  const rung: string[] = [];
  const note = (name: string) => (nowMs: number) => rung.push(`${name} ${nowMs}`);
  const runUntil = (untilMs: number) => {
    while (queue.peekTimeMs() <= untilMs) {
      queue.pop();
      expect(queue.kind).toBe(7);
      timers.onEvent(queue.a, queue.b, queue.timeMs);
    }
  };
  return { timers, rung, note, runUntil };
}

describe('Timers', () => {
  it('ring once, at their time', () => {
    const { timers, rung, note, runUntil } = setUp();
    timers.arm(timers.create(0, note('a')), 30);
    timers.arm(timers.create(1, note('b')), 20);
    runUntil(25);
    expect(rung).toEqual(['b 20']);
    runUntil(100);
    expect(rung).toEqual(['b 20', 'a 30']);
  });

  it('ring periodically when their owner arms them again', () => {
    const { timers, rung, note, runUntil } = setUp();
    const period = timers.create(0, (nowMs) => {
      note('p')(nowMs);
      timers.arm(period, nowMs + 10);
    });
    timers.arm(period, 10);
    runUntil(35);
    expect(rung).toEqual(['p 10', 'p 20', 'p 30']);
  });

  it('forget an earlier setting when armed anew, and all when disarmed', () => {
    const { timers, rung, note, runUntil } = setUp();
    const [moved, stopped] = [timers.create(0, note('moved')), timers.create(0, note('stopped'))];
    timers.arm(moved, 10);
    timers.arm(moved, 40);
    timers.arm(stopped, 20);
    timers.disarm(stopped);
    runUntil(100);
    expect(rung).toEqual(['moved 40']);
  });

  it('are disarmed with their node, and no other node’s are', () => {
    const { timers, rung, note, runUntil } = setUp();
    for (const node of [3, 4, 3]) timers.arm(timers.create(node, note(`of ${node}`)), 10);
    timers.disarmNode(3);
    runUntil(100);
    expect(rung).toEqual(['of 4 10']);
  });
});
