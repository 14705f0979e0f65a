import { onBeforeUnmount, onMounted, type Ref, shallowRef } from 'vue';
import { type Box, type Obstacles, placeCard, type Spot } from './place-card.ts';

function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

function touches(spot: Spot, card: Box, other: Box): boolean {
  return (
    spot.left < other.left + other.width &&
    other.left < spot.left + card.width &&
    spot.top < other.top + other.height &&
    other.top < spot.top + card.height
  );
}

const boxesOf = (selector: string): Box[] => [...document.querySelectorAll(selector)].map(boxOf);

/** Parts that had better be seen whatever a step is about: the speed control and the map's nodes. */
const WORTH_SEEING = '[data-tutorial="speed"], [data-node]';

/** Parts that must stay usable beside the tutorial. */
function obstacles(): Obstacles {
  return { must: boxesOf('[data-tutorial-keep-free]'), better: boxesOf(WORTH_SEEING) };
}

/**
 * Where the card stands, in window pixels. `place` finds a spot anew; `keepClear` does so only when
 * the part it speaks of has moved under it.
 */
export function useCardSpot(
  card: Readonly<Ref<HTMLElement | null>>,
  anchor: Readonly<Ref<Element | null>>,
) {
  const spot = shallowRef<Spot>({ left: 0, top: 0 });

  function place(): void {
    if (!card.value) return;
    const room = {
      width: document.documentElement.clientWidth,
      height: document.documentElement.clientHeight,
    };
    const anchorBox = anchor.value ? boxOf(anchor.value) : null;
    spot.value = placeCard(boxOf(card.value), room, anchorBox, obstacles());
  }

  function keepClear(): void {
    if (!card.value || !anchor.value) return;
    if (touches(spot.value, boxOf(card.value), boxOf(anchor.value))) place();
  }

  onMounted(() => {
    place();
    window.addEventListener('resize', place);
  });
  onBeforeUnmount(() => window.removeEventListener('resize', place));
  return { spot, place, keepClear };
}
