import type { Measurement } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { rowAt, timelineCurves } from './timeline-rows.ts';

function row(second: number, served: number, errors: Measurement['errors'] = {}): Measurement {
  const window = { node: '*', startMs: second * 1000, endMs: (second + 1) * 1000 };
  return { ...window, served, errors } as Measurement;
}

describe('the curves of a run', () => {
  it('show throughput and error ratio at the end of each window', () => {
    const rows = [row(0, 30), row(1, 30, { 'time-out': 10 }), row(2, 0)];
    expect(timelineCurves(rows)).toEqual({
      throughput: [
        { x: 1, y: 30 },
        { x: 2, y: 30 },
        { x: 3, y: 0 },
      ],
      errors: [
        { x: 1, y: 0 },
        { x: 2, y: 0.25 },
        { x: 3, y: 0 },
      ],
    });
  });
});

describe('the row at an instant', () => {
  it('is the one whose window holds it, or the nearest', () => {
    const rows = [row(0, 1), row(1, 2), row(2, 3)];
    expect(rowAt(rows, 0)?.served).toBe(1);
    expect(rowAt(rows, 1000)?.served).toBe(2);
    expect(rowAt(rows, 9000)?.served).toBe(3);
    expect(rowAt([], 0)).toBeNull();
  });
});
