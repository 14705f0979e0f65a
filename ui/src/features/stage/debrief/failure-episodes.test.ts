import type { Cause, Measurement, NodeId } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { failureEpisodes } from './failure-episodes.ts';

function row(
  second: number,
  errors: Partial<Record<Cause, number>>,
  node = '*',
  served = 100,
): Measurement {
  const window = { node, startMs: second * 1000, endMs: (second + 1) * 1000 };
  return { ...window, served, errors } as Measurement;
}

function ofNodes(...rows: Measurement[]): Map<NodeId, Measurement[]> {
  const byNode = new Map<NodeId, Measurement[]>();
  for (const each of rows) byNode.set(each.node, [...(byNode.get(each.node) ?? []), each]);
  return byNode;
}

const find = (rows: Measurement[], nodes: ReadonlyMap<NodeId, Measurement[]> = new Map()) =>
  failureEpisodes(rows, nodes, 0.05);

describe('failure episodes', () => {
  it('finds none in a run without errors', () => {
    expect(find([row(0, {}), row(1, {})])).toEqual([]);
  });

  it('spans the windows with errors and adds up what was lost', () => {
    const rows = [row(0, {}), row(1, { 'queue-full': 4 }), row(2, { 'queue-full': 8 }), row(3, {})];
    expect(find(rows)).toMatchObject([{ startMs: 1000, endMs: 3000, lost: 12 }]);
  });

  it('keeps spells together over a short quiet time and apart over a long one', () => {
    const near = [row(1, { 'queue-full': 1 }), row(5, { 'queue-full': 1 })];
    expect(find(near)).toHaveLength(1);
    const far = [row(1, { 'queue-full': 1 }), row(7, { 'queue-full': 1 })];
    expect(find(far)).toHaveLength(2);
  });

  it('names the node and the cause behind most drops', () => {
    const rows = [row(1, { 'queue-full': 6, 'time-out': 9 })];
    const nodes = ofNodes(
      row(1, { 'queue-full': 6, 'dependency-failed': 40 }, 'web-1'),
      row(1, { 'lock-time-out': 9 }, 'primary'),
      row(40, { 'pool-exhausted': 500 }, 'web-1'),
    );
    expect(find(rows, nodes)).toMatchObject([{ node: 'primary', cause: 'lock-time-out' }]);
  });

  it('falls back to what the clients saw when no node dropped anything', () => {
    const rows = [row(1, { 'no-route': 20, 'time-out': 1 })];
    expect(find(rows)).toMatchObject([{ node: null, cause: 'no-route' }]);
  });

  it('counts the seconds above the limit of the stage', () => {
    const rows = [
      row(1, { 'queue-full': 5 }),
      row(2, { 'queue-full': 6 }),
      row(3, { 'time-out': 90 }),
    ];
    expect(find(rows)[0]?.secondsOverLimit).toBe(2);
  });
});
