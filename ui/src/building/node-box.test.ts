import { describe, expect, it } from 'vitest';
import { areCrowded, boundsOf, nodeAt, snapToGrid } from './node-box.ts';

describe('cards', () => {
  it('are found under a point, the upper one first', () => {
    const nodes = [
      { id: 'a', position: { x: 0, y: 0 } },
      { id: 'b', position: { x: 100, y: 20 } },
    ];
    expect(nodeAt(nodes, { x: -70, y: 0 })).toBe('a');
    expect(nodeAt(nodes, { x: 60, y: 10 })).toBe('b');
    expect(nodeAt(nodes, { x: 0, y: 60 })).toBeNull();
  });

  it('crowd each other when they touch in both directions', () => {
    expect(areCrowded({ x: 0, y: 0 }, { x: 150, y: 0 })).toBe(true);
    expect(areCrowded({ x: 0, y: 0 }, { x: 168, y: 0 })).toBe(false);
    expect(areCrowded({ x: 0, y: 0 }, { x: 0, y: 72 })).toBe(false);
  });

  it('snap to the nearest dot', () => {
    expect(snapToGrid({ x: 13, y: -35 })).toEqual({ x: 24, y: -24 });
  });

  it('have bounds only when there are some', () => {
    expect(boundsOf([])).toBeNull();
    expect(boundsOf([{ x: 0, y: 0 }])).toEqual({ left: -74, top: -33, right: 74, bottom: 33 });
  });
});
