/** A vertical line at `x` with a label of a width, all in pixels. */
export interface LineLabel {
  readonly x: number;
  readonly width: number;
}

/** Where a line begins (its lane, counted from the top) and where its label stands; null when there was no room for it. */
export interface PlacedLabel {
  readonly lane: number;
  readonly left: number | null;
}

interface Taken {
  readonly lane: number;
  readonly x: number;
  readonly left: number;
  readonly right: number;
}

const GAP = 4;

/** Whether a label and a line that begins in a lane keep clear of everything placed before. */
function isFree(taken: readonly Taken[], lane: number, x: number, left: number, right: number) {
  return taken.every((other) => {
    const labelsMeet = other.lane === lane && left < other.right && right > other.left;
    const lineCrossesOther = lane <= other.lane && x > other.left && x < other.right;
    const otherCrossesLabel = other.lane <= lane && other.x > left && other.x < right;
    return !labelsMeet && !lineCrossesOther && !otherCrossesLabel;
  });
}

/**
 * Places labels beside their lines in a few lanes so that no label meets a label or a line, inside
 * `from` to `to`. A line begins in its label's lane and runs down. Newer labels go first when
 * there is not room for all; the others keep their line only, below the lanes.
 */
export function placeLabels(
  labels: readonly LineLabel[],
  lanes: number,
  from: number,
  to: number,
): readonly PlacedLabel[] {
  const taken: Taken[] = [];
  const placed = new Array<PlacedLabel>(labels.length);
  for (let i = labels.length - 1; i >= 0; i--) {
    const { x, width } = labels[i] ?? { x: 0, width: 0 };
    placed[i] = { lane: lanes, left: null };
    for (let lane = 0; lane < lanes * 2; lane++) {
      const row = lane % lanes;
      const left = lane < lanes ? x + GAP : x - GAP - width;
      if (left < from || left + width > to) continue;
      if (!isFree(taken, row, x, left, left + width)) continue;
      taken.push({ lane: row, x, left, right: left + width });
      placed[i] = { lane: row, left };
      break;
    }
  }
  return placed;
}
