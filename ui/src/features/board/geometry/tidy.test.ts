import { describe, expect, it } from 'vitest';
import { areCrowded, snapToGrid } from '../../../building/node-box.ts';
import { sampleSnapshot } from '../../inspector/sample-run.ts';
import { tidyPositions } from './tidy.ts';

describe('arranging', () => {
  const positions = tidyPositions(sampleSnapshot.topology);

  it('lets every link lead to the right', () => {
    for (const { from, to } of sampleSnapshot.topology.links) {
      expect(positions.get(to)?.x).toBeGreaterThan(positions.get(from)?.x ?? 0);
    }
  });

  it('keeps all cards apart and on the grid', () => {
    const places = [...positions.values()];
    expect(places).toHaveLength(sampleSnapshot.topology.nodes.length);
    places.forEach((place, i) => {
      expect(snapToGrid(place)).toEqual(place);
      for (const other of places.slice(i + 1)) expect(areCrowded(place, other)).toBe(false);
    });
  });
});
