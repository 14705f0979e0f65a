import { describe, expect, it } from 'vitest';
import { curveBetween } from './curve.ts';
import { distanceToPath, itemAt, PATH_STEPS, pathOf, pointOnPath } from './path.ts';

const straight = pathOf(curveBetween({ x: 0, y: 0 }, { x: 348, y: 0 }));
const bent = pathOf(curveBetween({ x: 0, y: 0 }, { x: 400, y: 300 }));

describe('a path', () => {
  it('is as long as a straight link', () => {
    expect(straight.length).toBeCloseTo(200, 3);
  });

  it('has pieces of equal length on a bent link', () => {
    const pieces = Array.from({ length: PATH_STEPS }, (_, i) => {
      const a = pointOnPath(bent, i / PATH_STEPS);
      const b = pointOnPath(bent, (i + 1) / PATH_STEPS);
      return Math.hypot(b.x - a.x, b.y - a.y);
    });
    expect(Math.max(...pieces) / Math.min(...pieces)).toBeLessThan(1.05);
  });

  it('answers its ends beyond its ends', () => {
    expect(pointOnPath(straight, -1)).toEqual(pointOnPath(straight, 0));
    expect(pointOnPath(straight, 2)).toEqual(pointOnPath(straight, 1));
  });

  it('knows how far a point is from it, before, beside and behind', () => {
    expect(distanceToPath(straight, { x: 174, y: 12 })).toBeCloseTo(12, 3);
    expect(distanceToPath(straight, { x: 64, y: 0 })).toBeCloseTo(10, 3);
    expect(distanceToPath(straight, { x: 284, y: 0 })).toBeCloseTo(10, 3);
  });
});

describe('the item under a point', () => {
  const items = [
    { name: 'straight', path: straight },
    { name: 'bent', path: bent },
  ];

  it('is the nearest one within reach', () => {
    expect(itemAt(items, { x: 250, y: 3 }, 10)?.name).toBe('straight');
    expect(itemAt(items, pointOnPath(bent, 0.6), 10)?.name).toBe('bent');
  });

  it('is none where no link is near', () => {
    expect(itemAt(items, { x: 174, y: -40 }, 10)).toBeNull();
  });
});
