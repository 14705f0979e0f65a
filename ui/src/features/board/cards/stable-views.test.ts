import type { Snapshot } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { sampleSnapshot } from '../../inspector/sample-run.ts';
import { createStableViews } from './stable-views.ts';

const copy = (changes: Partial<Snapshot> = {}): Snapshot => ({
  ...structuredClone(sampleSnapshot),
  ...changes,
});

describe('nodes over the snapshots', () => {
  it('stay the same objects while nothing changes', () => {
    const stable = createStableViews();
    const before = stable.read(copy(), true);
    const after = stable.read(copy({ timeMs: sampleSnapshot.timeMs + 100 }), false);
    expect(after.every((one, i) => one === before[i])).toBe(true);
  });

  it('are new where figures or locks changed, and only there', () => {
    const stable = createStableViews();
    const before = stable.read(copy(), true);
    const next = copy();
    const nodes = next.nodes.map((view) =>
      view.id === 'primary' ? { ...view, lockWaits: 9 } : view,
    );
    const after = stable.read({ ...next, nodes }, false);
    const changed = after.filter((one, i) => one !== before[i]).map((one) => one.node.id);
    expect(changed).toEqual(['primary']);
    expect(after.find((one) => one.node.id === 'primary')?.view?.lockWaits).toBe(9);
  });

  it('follow a change of the topology', () => {
    const stable = createStableViews();
    const before = stable.read(copy(), true);
    const topology = structuredClone(sampleSnapshot.topology);
    const nodes = topology.nodes
      .filter((node) => node.id !== 'web-2')
      .map((node) => (node.id === 'lb-1' ? { ...node, size: 'XL' as const } : node));
    const after = stable.read(
      copy({ revision: sampleSnapshot.revision + 1, topology: { ...topology, nodes } }),
      false,
    );
    expect(after.map((one) => one.node.id)).not.toContain('web-2');
    const changed = after.filter((one) => !before.includes(one)).map((one) => one.node.id);
    expect(changed).toEqual(['lb-1']);
  });

  it('forget everything when another time or run is shown', () => {
    const stable = createStableViews();
    const before = stable.read(copy(), false);
    expect(stable.read(copy(), true)[0]).not.toBe(before[0]);
    const now = stable.read(copy(), false);
    expect(stable.read(copy({ timeMs: 5 }), false)[0]).not.toBe(now[0]);
  });
});
