import type { SimulationEvent } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { bootProgress } from './boot-progress.ts';

const events: readonly SimulationEvent[] = [
  { type: 'node-placed', node: 'web-1', kind: 'vm-basic', paid: 60, atMs: 1_000, seq: 0 },
  { type: 'node-started', node: 'web-1', atMs: 4_000, seq: 1 },
  { type: 'node-restarted', node: 'web-1', atMs: 10_000, seq: 2 },
  { type: 'node-moved', node: 'web-1', atMs: 11_000, seq: 3 },
];

describe('the progress of a start', () => {
  it('counts from the last purchase or restart', () => {
    expect(bootProgress(events, 'web-1', 3_000, 11_500)).toBe(0.5);
    expect(bootProgress(events.slice(0, 1), 'web-1', 3_000, 2_500)).toBe(0.5);
  });

  it('stays between nothing and all', () => {
    expect(bootProgress(events, 'web-1', 3_000, 9_000)).toBe(0);
    expect(bootProgress(events, 'web-1', 3_000, 99_000)).toBe(1);
  });

  it('is unknown without an event', () => {
    expect(bootProgress(events, 'web-2', 3_000, 9_000)).toBeNull();
  });
});
