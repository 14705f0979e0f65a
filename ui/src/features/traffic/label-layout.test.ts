import { expect, it } from 'vitest';
import { type LineLabel, placeLabels } from './label-layout.ts';

const place = (labels: LineLabel[]) => placeLabels(labels, 2, 0, 400);

it('puts a label to the right of its line, in the first lane', () => {
  expect(place([{ x: 50, width: 60 }])).toEqual([{ lane: 0, left: 54 }]);
});

it('turns a label at the right edge to the left', () => {
  expect(place([{ x: 380, width: 60 }])).toEqual([{ lane: 0, left: 316 }]);
});

it('keeps the line without a label when there is no room', () => {
  expect(place([{ x: 100, width: 500 }])).toEqual([{ lane: 2, left: null }]);
});

it('lets no label meet a label, nor a line cross a label', () => {
  const labels = Array.from({ length: 24 }, (_, i) => ({
    x: (i * 61) % 400,
    width: 30 + ((i * 17) % 60),
  })).sort((a, b) => a.x - b.x);
  const placed = place(labels).map((spot, i) => ({ ...spot, ...(labels[i] as LineLabel) }));
  const shown = placed.filter(({ left }) => left !== null);
  expect(shown.length).toBeGreaterThan(4);
  for (const a of shown) {
    const left = a.left ?? 0;
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + a.width).toBeLessThanOrEqual(400);
    for (const b of placed) {
      if (a === b) continue;
      const lineCrosses = b.lane <= a.lane && b.x > left && b.x < left + a.width;
      const labelsMeet =
        b.left !== null && b.lane === a.lane && left < b.left + b.width && b.left < left + a.width;
      expect([lineCrosses, labelsMeet]).toEqual([false, false]);
    }
  }
});
