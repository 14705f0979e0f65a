import { describe, expect, it } from 'vitest';
import { Timeline } from './timeline.ts';

describe('the timeline of a real session', () => {
  it('maps simulated time to the wall and back while it runs', () => {
    const timeline = new Timeline();
    timeline.begin(3_000, 100_000);
    expect(timeline.running).toBe(true);
    expect(timeline.simulatedAt(102_500)).toBe(5_500);
    expect(timeline.wallAt(5_500)).toBe(102_500);
    expect(timeline.wallAt(2_999)).toBeNull();
  });

  it('stands between stretches', () => {
    const timeline = new Timeline();
    timeline.begin(0, 100_000);
    timeline.end(2_000);
    expect(timeline.running).toBe(false);
    expect(timeline.simulatedAt(200_000)).toBe(2_000);
    timeline.begin(2_000, 300_000);
    expect(timeline.simulatedAt(301_000)).toBe(3_000);
    expect(timeline.wallAt(1_000)).toBe(101_000);
    expect(timeline.wallAt(3_000)).toBe(301_000);
  });

  it('lists the full seconds that have passed, across a pause', () => {
    const timeline = new Timeline();
    timeline.begin(0, 100_000);
    timeline.end(2_000);
    timeline.begin(2_000, 300_000);
    const windows = timeline.windowsUntil(301_700, 0);
    expect(windows.map((window) => [window.startMs, window.wallStartMs])).toEqual([
      [0, 100_000],
      [1_000, 101_000],
      [2_000, 300_000],
    ]);
    expect(timeline.windowsUntil(301_700, 2_000)).toHaveLength(1);
    expect(timeline.windowsUntil(301_700, 3_000)).toEqual([]);
  });
});
