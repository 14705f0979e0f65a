import type { SimulationEvent } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { timelineMarks } from './timeline-marks.ts';

let seq = 0;
function at(atMs: number, type: SimulationEvent['type']): SimulationEvent {
  return { type, atMs, seq: seq++, node: 'web-1' } as SimulationEvent;
}

describe('the marks of a run', () => {
  it('tell actions, traffic and failures apart and leave out the rest', () => {
    const events = [
      at(1000, 'node-placed'),
      at(2000, 'node-started'),
      at(3000, 'traffic-started'),
      at(4000, 'requests-dropped'),
      at(5000, 'node-recovered'),
    ];
    expect(timelineMarks(events).map(({ kind }) => kind)).toEqual(['action', 'traffic', 'failure']);
  });

  it('gather what falls into the same second, each kind by itself', () => {
    const events = [
      at(1000, 'node-placed'),
      at(1000, 'requests-dropped'),
      at(1400, 'link-connected'),
      at(2000, 'link-connected'),
    ];
    const marks = timelineMarks(events);
    expect(marks.map(({ atMs, kind }) => [atMs, kind])).toEqual([
      [1000, 'action'],
      [1000, 'failure'],
      [2000, 'action'],
    ]);
    expect(marks[0]?.events).toHaveLength(2);
  });

  it('leave out what was built before the start', () => {
    expect(timelineMarks([at(0, 'node-placed')])).toEqual([]);
  });
});
