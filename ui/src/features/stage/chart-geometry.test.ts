import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPath, linePath, niceTicks, toX, toY } from './chart-geometry.ts';

const AREA = { left: 30, top: 10, width: 100, height: 50, maxX: 10, maxY: 5 };

describe('places in a chart', () => {
  it('puts zero at the lower left and the maxima at the upper right', () => {
    expect([toX(AREA, 0), toY(AREA, 0)]).toEqual([30, 60]);
    expect([toX(AREA, 10), toY(AREA, 5)]).toEqual([130, 10]);
  });

  it('keeps to the lower left when there is no range', () => {
    expect([toX({ ...AREA, maxX: 0 }, 4), toY({ ...AREA, maxY: 0 }, 4)]).toEqual([30, 60]);
  });

  it('draws lines and surfaces', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 5, y: 5 },
    ];
    expect(linePath(AREA, points)).toBe('M30 60L80 10');
    expect(areaPath(AREA, points)).toBe('M30 60L80 10L80 60L30 60Z');
    expect(areaPath(AREA, [])).toBe('');
  });
});

describe('ticks', () => {
  it.each([
    [61, 3, [0, 25, 50, 75]],
    [1, 2, [0, 0.5, 1]],
    [0.04, 2, [0, 0.02, 0.04]],
    [480, 4, [0, 200, 400, 600]],
    [0, 3, [0, 1]],
  ])('for a maximum of %d in about %d steps', (max, count, ticks) => {
    expect(niceTicks(max, count)).toEqual(ticks);
  });

  it('cover the maximum with few even steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (max) => {
        const ticks = niceTicks(max, 4);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-9));
        expect(ticks.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
