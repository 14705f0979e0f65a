import type { Ref } from 'vue';
import type { Viewport } from '../geometry/fit.ts';

const MARGIN = 18;
/** What covers more of the map than this is not kept clear: nothing would be left. */
const MOST_COVERED = 0.6;

/**
 * How much of the map's edges is covered: by its own legends, and by whatever lies over it with
 * `data-covers-map="right"` (or top, bottom, left).
 */
export function useBoardInsets(root: Readonly<Ref<HTMLElement | null>>) {
  function coveredBy(element: Element, side: string, map: DOMRect): number {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return 0;
    const covered = {
      top: box.bottom - map.top,
      right: map.right - box.left,
      bottom: map.bottom - box.top,
      left: box.right - map.left,
    }[side];
    const most = side === 'left' || side === 'right' ? map.width : map.height;
    return covered === undefined || covered > most * MOST_COVERED ? 0 : covered;
  }

  return (): Viewport['insets'] => {
    const insets = { top: 0, right: 0, bottom: 0, left: 0 };
    const map = root.value?.getBoundingClientRect();
    const around = root.value?.parentElement?.querySelectorAll<HTMLElement>('[data-covers-map]');
    for (const element of map ? (around ?? []) : []) {
      const side = element.dataset.coversMap as keyof typeof insets;
      insets[side] = Math.max(insets[side], coveredBy(element, side, map as DOMRect));
    }
    return {
      top: insets.top + MARGIN,
      right: insets.right + MARGIN,
      bottom: insets.bottom + MARGIN,
      left: insets.left + MARGIN,
    };
  };
}
