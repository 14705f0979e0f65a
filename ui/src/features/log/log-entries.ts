import type { Department, SimulationEvent } from '@project-devops/simulation/protocol';
import { type EventType, eventDepartment } from './event-traits.ts';

/** Repeats of the same happening within this time are one entry. */
export const GROUP_WINDOW_MS = 60_000;

export type LogFilter = 'all' | Department;

/** One line of the log: the newest of its repeats, how many they are, and a name that stays. */
export interface LogEntry {
  readonly id: number;
  readonly event: SimulationEvent;
  readonly count: number;
}

/** What makes two events repeats of each other; events about no node or link are never repeats. */
function groupKey(event: SimulationEvent): string {
  const cause = 'cause' in event ? event.cause : 'limit' in event ? event.limit : '';
  if ('node' in event) return `${event.type} ${event.node} ${cause}`;
  return 'link' in event ? `${event.type} ${event.link}` : `${event.seq}`;
}

/** Events as entries, newest first; repeats within `GROUP_WINDOW_MS` of each other are joined. */
export function groupEvents(events: readonly SimulationEvent[]): LogEntry[] {
  const open = new Map<string, LogEntry>();
  const entries = new Map<number, LogEntry>();
  for (const event of events) {
    const key = groupKey(event);
    const before = open.get(key);
    const joins = before !== undefined && event.atMs - before.event.atMs <= GROUP_WINDOW_MS;
    const entry = joins
      ? { id: before.id, event, count: before.count + 1 }
      : { id: event.seq, event, count: 1 };
    entries.delete(entry.id);
    entries.set(entry.id, entry);
    open.set(key, entry);
  }
  return [...entries.values()].reverse();
}

/** The events one department said, or all, without the muted types. */
export function selectEvents(
  events: readonly SimulationEvent[],
  filter: LogFilter,
  muted: ReadonlySet<EventType>,
): SimulationEvent[] {
  return events.filter(
    (event) => !muted.has(event.type) && (filter === 'all' || eventDepartment(event) === filter),
  );
}
