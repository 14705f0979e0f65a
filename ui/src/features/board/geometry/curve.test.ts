import { describe, expect, it } from 'vitest';
import { NODE_HEIGHT, NODE_WIDTH } from '../../../building/node-box.ts';
import { curveBetween, curveToPoint, pointAt } from './curve.ts';

describe('the curve between two nodes', () => {
  it('leaves the right side and enters the left side of a node to the right', () => {
    const curve = curveBetween({ x: 0, y: 0 }, { x: 400, y: 100 });
    expect(curve.start).toEqual({ x: NODE_WIDTH / 2, y: 0 });
    expect(curve.end).toEqual({ x: 400 - NODE_WIDTH / 2, y: 100 });
    expect(curve.handleA.y).toBe(0);
    expect(curve.handleB.y).toBe(100);
  });

  it('is mirrored for a node to the left', () => {
    const curve = curveBetween({ x: 400, y: 0 }, { x: 0, y: 0 });
    expect(curve.start.x).toBe(400 - NODE_WIDTH / 2);
    expect(curve.handleA.x).toBeLessThan(curve.start.x);
    expect(curve.end.x).toBe(NODE_WIDTH / 2);
  });

  it('goes from edge to edge where one node stands above the other', () => {
    const curve = curveBetween({ x: 0, y: 0 }, { x: 20, y: 300 });
    expect(curve.start).toEqual({ x: 0, y: NODE_HEIGHT / 2 });
    expect(curve.end).toEqual({ x: 20, y: 300 - NODE_HEIGHT / 2 });
    expect(curve.handleA.x).toBe(0);
  });

  it('has finite points even between nodes at the same place', () => {
    const curve = curveBetween({ x: 5, y: 5 }, { x: 5, y: 5 });
    const middle = pointAt(curve, 0.5);
    expect(Number.isFinite(middle.x) && Number.isFinite(middle.y)).toBe(true);
  });

  it('begins and ends where it says', () => {
    const curve = curveToPoint({ x: 0, y: 0 }, { x: 333, y: -50 });
    expect(pointAt(curve, 0)).toEqual(curve.start);
    expect(pointAt(curve, 1)).toEqual({ x: 333, y: -50 });
  });
});
