import type { Happening, SimulationEvent } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { MUTED_AT_FIRST } from './event-traits.ts';
import { GROUP_WINDOW_MS, groupEvents, selectEvents } from './log-entries.ts';

const happened = (...list: readonly (readonly [number, Happening])[]): SimulationEvent[] =>
  list.map(([atMs, happening], seq) => ({ ...happening, atMs, seq }));

const overloaded = (node: string): Happening => ({ type: 'node-overloaded', node, limit: 'cpu' });
const news = (id: string): Happening => ({
  type: 'message-received',
  department: 'marketing',
  id,
  text: 'News.',
});

describe('log entries', () => {
  it('stand newest first', () => {
    const entries = groupEvents(happened([0, overloaded('web-1')], [10, overloaded('web-2')]));
    expect(entries.map(({ event }) => event.seq)).toEqual([1, 0]);
  });

  it('join repeats, move up with the newest of them and keep their name', () => {
    const events = happened([0, overloaded('web-1')], [5, news('a')], [9, overloaded('web-1')]);
    expect(groupEvents(events)).toEqual([
      { id: 0, event: events[2], count: 2 },
      { id: 1, event: events[1], count: 1 },
    ]);
  });

  it('do not join what is far apart, about another node, or has another cause', () => {
    const dropped = (cause: 'queue-full' | 'time-out'): Happening => ({
      type: 'requests-dropped',
      node: 'web-1',
      cause,
      count: 1,
    });
    const events = happened(
      [0, overloaded('web-1')],
      [1, overloaded('web-2')],
      [2, dropped('queue-full')],
      [3, dropped('time-out')],
      [GROUP_WINDOW_MS + 1, overloaded('web-1')],
    );
    expect(groupEvents(events).map(({ count }) => count)).toEqual([1, 1, 1, 1, 1]);
  });

  it('never join two messages', () => {
    expect(groupEvents(happened([0, news('a')], [1, news('a')]))).toHaveLength(2);
  });

  it('are chosen by department and without the muted types', () => {
    const events = happened(
      [0, news('a')],
      [1, overloaded('web-1')],
      [2, { type: 'node-moved', node: 'web-1' }],
    );
    const muted = new Set(MUTED_AT_FIRST);
    const typesOf = (filter: 'all' | 'system' | 'marketing' | 'pm') =>
      selectEvents(events, filter, muted).map(({ type }) => type);
    expect(typesOf('all')).toEqual(['message-received', 'node-overloaded']);
    expect(typesOf('system')).toEqual(['node-overloaded']);
    expect(typesOf('marketing')).toEqual(['message-received']);
    expect(typesOf('pm')).toEqual([]);
  });
});
