import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, placeCard, type Spot } from './place-card.ts';

const ROOM = { width: 1440, height: 900 };
const CARD = { width: 300, height: 160 };
const FREE = { must: [], better: [] };

/** The card at that spot. A spot that is none would overlap nothing. */
function cardAt({ left, top }: Spot): Box {
  expect([left, top].every(Number.isFinite)).toBe(true);
  return { left, top, ...CARD };
}

function overlaps(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

describe('placing the card', () => {
  it('stands to the right of the part it speaks of', () => {
    const anchor = { left: 400, top: 300, width: 148, height: 66 };
    expect(placeCard(CARD, ROOM, anchor, FREE)).toEqual({ left: 562, top: 253 });
  });

  it('stands above a part at the bottom edge', () => {
    const anchor = { left: 1300, top: 820, width: 60, height: 70 };
    const spot = placeCard(CARD, ROOM, anchor, FREE);
    expect(spot.top + CARD.height).toBeLessThanOrEqual(anchor.top);
  });

  it('leaves the parts free that must stay usable', () => {
    const anchor = { left: 400, top: 300, width: 148, height: 66 };
    const setup = { left: 560, top: 200, width: 380, height: 400 };
    const spot = placeCard(CARD, ROOM, anchor, { ...FREE, must: [setup] });
    expect(overlaps(cardAt(spot), setup)).toBe(false);
    expect(overlaps(cardAt(spot), anchor)).toBe(false);
  });

  it('rather leaves another part free than stand on its first choice', () => {
    const anchor = { left: 400, top: 300, width: 148, height: 66 };
    const neighbour = { left: 640, top: 300, width: 148, height: 66 };
    const spot = placeCard(CARD, ROOM, anchor, { ...FREE, better: [neighbour] });
    expect(overlaps(cardAt(spot), neighbour)).toBe(false);
    expect(overlaps(cardAt(spot), anchor)).toBe(false);
  });

  it('does not care where it stands now', () => {
    const anchor = { left: 400, top: 300, width: 148, height: 66 };
    const setup = { left: 560, top: 200, width: 380, height: 400 };
    const obstacles = { ...FREE, must: [setup] };
    const here = { ...CARD, left: 0, top: 0 };
    expect(placeCard(here, ROOM, anchor, obstacles)).toEqual(
      placeCard(CARD, ROOM, anchor, obstacles),
    );
  });

  it('stands in the lower left corner when there is nothing to point at', () => {
    expect(placeCard(CARD, ROOM, null, FREE)).toEqual({ left: 12, top: 728 });
  });

  it.each([ROOM, { width: 390, height: 844 }])(
    'never covers a small part in $width x $height',
    (room) => {
      const size = fc.integer({ min: 24, max: 160 });
      const place = fc.record({
        left: fc.integer({ min: 0, max: room.width - 160 }),
        top: fc.integer({ min: 0, max: room.height - 160 }),
        width: size,
        height: size,
      });
      fc.assert(
        fc.property(place, (anchor) => {
          const spot = placeCard(CARD, room, anchor, FREE);
          expect(overlaps(cardAt(spot), anchor)).toBe(false);
          expect(spot.left).toBeGreaterThanOrEqual(0);
          expect(spot.top).toBeGreaterThanOrEqual(0);
          expect(spot.left + CARD.width).toBeLessThanOrEqual(room.width);
          expect(spot.top + CARD.height).toBeLessThanOrEqual(room.height);
        }),
      );
    },
  );
});
