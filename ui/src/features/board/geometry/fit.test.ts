import { describe, expect, it } from 'vitest';
import { boundsOf } from '../../../building/node-box.ts';
import {
  centreOn,
  fitView,
  isInSight,
  MAX_FIT_ZOOM,
  MIN_ZOOM,
  toBoard,
  toPixel,
  viewBetween,
} from './fit.ts';

const insets = { top: 10, right: 50, bottom: 60, left: 10 };
const viewport = { width: 1000, height: 600, insets };

describe('fitting', () => {
  it('shows every node outside the covered edges', () => {
    const box = boundsOf([
      { x: -900, y: 0 },
      { x: 1500, y: 700 },
    ]);
    const view = fitView(box as NonNullable<typeof box>, viewport);
    expect(isInSight(box as NonNullable<typeof box>, view, viewport)).toBe(true);
  });

  it('does not blow up a single node', () => {
    const box = boundsOf([{ x: 40, y: 40 }]) as NonNullable<ReturnType<typeof boundsOf>>;
    const view = fitView(box, viewport);
    expect(view.k).toBe(MAX_FIT_ZOOM);
    expect(toPixel(view, { x: 40, y: 40 })).toEqual({ x: 480, y: 275 });
  });

  it('stops at the smallest zoom', () => {
    const box = { left: -20_000, top: -20_000, right: 20_000, bottom: 20_000 };
    expect(fitView(box, viewport).k).toBe(MIN_ZOOM);
  });

  it('survives a map without room', () => {
    const view = fitView(
      { left: 0, top: 0, right: 10, bottom: 10 },
      { width: 0, height: 0, insets },
    );
    expect(Number.isFinite(view.x + view.y + view.k)).toBe(true);
  });
});

describe('views', () => {
  const view = { x: 30, y: -20, k: 0.5 };

  it('turn pixels into board units and back', () => {
    expect(toBoard(view, toPixel(view, { x: 7, y: 9 }))).toEqual({ x: 7, y: 9 });
  });

  it('put a point into the middle of what is not covered', () => {
    const centred = centreOn({ x: 100, y: 100 }, 2, viewport);
    expect(toPixel(centred, { x: 100, y: 100 })).toEqual({ x: 480, y: 275 });
  });

  it('mix', () => {
    expect(viewBetween(view, { x: 50, y: 0, k: 1 }, 0.5)).toEqual({ x: 40, y: -10, k: 0.75 });
  });

  it('miss what is behind a legend', () => {
    const box = { left: 0, top: 0, right: 100, bottom: 100 };
    expect(isInSight(box, { x: 20, y: 20, k: 1 }, viewport)).toBe(true);
    expect(isInSight(box, { x: 20, y: 460, k: 1 }, viewport)).toBe(false);
    expect(isInSight(box, { x: 870, y: 20, k: 1 }, viewport)).toBe(false);
  });
});
