/** A rectangle in the window, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
export type Extent = Pick<Box, 'width' | 'height'>;
export type Spot = Pick<Box, 'left' | 'top'>;

const GAP_PX = 14;
const MARGIN_PX = 12;

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}

function clampInto(spot: Spot, card: Extent, room: Extent): Spot {
  const clamp = (value: number, most: number) => Math.max(MARGIN_PX, Math.min(value, most));
  return {
    left: clamp(spot.left, room.width - card.width - MARGIN_PX),
    top: clamp(spot.top, room.height - card.height - MARGIN_PX),
  };
}

function besides(anchor: Box, card: Extent): Spot[] {
  const middle = anchor.top + anchor.height / 2 - card.height / 2;
  const centre = anchor.left + anchor.width / 2 - card.width / 2;
  return [
    { left: anchor.left + anchor.width + GAP_PX, top: middle },
    { left: centre, top: anchor.top - card.height - GAP_PX },
    { left: centre, top: anchor.top + anchor.height + GAP_PX },
    { left: anchor.left - card.width - GAP_PX, top: middle },
  ];
}

function corners(card: Extent, room: Extent): Spot[] {
  const right = room.width - card.width - MARGIN_PX;
  const bottom = room.height - card.height - MARGIN_PX;
  return [
    { left: MARGIN_PX, top: bottom },
    { left: right, top: bottom },
    { left: MARGIN_PX, top: MARGIN_PX },
    { left: right, top: MARGIN_PX },
  ];
}

/** What a card must not cover, and what it had better not. */
export interface Obstacles {
  readonly must: readonly Box[];
  readonly better: readonly Box[];
}

/** A covered pixel of what must stay free counts as much as this many of the others. */
const MUST_WEIGHT = 100;

function coveredBy(card: Box, { must, better }: Obstacles): number {
  const sum = (boxes: readonly Box[]) => boxes.reduce((n, box) => n + overlap(card, box), 0);
  return MUST_WEIGHT * sum(must) + sum(better);
}

/**
 * Where a card stands so that it covers neither the part it speaks of nor the obstacles: beside the
 * part if there is room, else in a corner of the window, else where it covers least. Without a part
 * to point at it stands in the lower left corner.
 */
export function placeCard(
  card: Extent,
  room: Extent,
  anchor: Box | null,
  obstacles: Obstacles,
): Spot {
  const taken = anchor ? { ...obstacles, must: [anchor, ...obstacles.must] } : obstacles;
  const spots = [...(anchor ? besides(anchor, card) : []), ...corners(card, room)];
  let best: Spot = { left: MARGIN_PX, top: MARGIN_PX };
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of spots) {
    const spot = clampInto(candidate, card, room);
    const covered = coveredBy({ ...spot, width: card.width, height: card.height }, taken);
    if (covered < least) {
      best = spot;
      least = covered;
    }
  }
  return best;
}
