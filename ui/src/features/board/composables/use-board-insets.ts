import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import type { Viewport } from '../geometry/fit.ts';

const MARGIN = 18;
/** Above, there is room for badges and the count of failures. */
const TOP_MARGIN = 38;
/** What covers more of the map than this is not kept clear: nothing would be left. */
const MOST_COVERED = 0.6;

/**
 * How much of the map's edges is covered: by its own legends, and by whatever lies over it with
 * `data-covers-map="right"` (or top, bottom, left).
 */
export function useBoardInsets(root: Readonly<Ref<HTMLElement | null>>) {
  const listeners = new Set<() => void>();
  const covers = (): HTMLElement[] => [
    ...(root.value?.parentElement?.querySelectorAll<HTMLElement>('[data-covers-map]') ?? []),
  ];
  const sizes = new ResizeObserver(() => {
    for (const listener of listeners) listener();
  });
  const comings = new MutationObserver(watchSizes);

  function watchSizes(): void {
    sizes.disconnect();
    for (const element of covers()) sizes.observe(element);
  }

  onMounted(() => {
    const around = root.value?.parentElement;
    if (around) comings.observe(around, { childList: true });
    watchSizes();
  });
  onBeforeUnmount(() => {
    sizes.disconnect();
    comings.disconnect();
  });

  function coveredBy(element: Element, side: string, map: DOMRect): number {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return 0;
    const depth = {
      top: box.bottom - map.top,
      right: map.right - box.left,
      bottom: map.bottom - box.top,
      left: box.right - map.left,
    }[side];
    const most = side === 'left' || side === 'right' ? map.width : map.height;
    return depth === undefined || depth > most * MOST_COVERED ? 0 : depth;
  }

  function insets(): Viewport['insets'] {
    const covered = { top: 0, right: 0, bottom: 0, left: 0 };
    const map = root.value?.getBoundingClientRect();
    for (const element of map ? covers() : []) {
      const side = element.dataset.coversMap as keyof typeof covered;
      covered[side] = Math.max(covered[side], coveredBy(element, side, map as DOMRect));
    }
    return {
      top: covered.top + TOP_MARGIN,
      right: covered.right + MARGIN,
      bottom: covered.bottom + MARGIN,
      left: covered.left + MARGIN,
    };
  }

  return { insets, onChange: (listener: () => void) => listeners.add(listener) };
}
