import type { NodeId } from '@project-devops/simulation/protocol';
import { onScopeDispose, type Ref, type ShallowRef, shallowRef, watch } from 'vue';
import type { BoardNode } from '../cards/stable-views.ts';

/** Cards whose figures are brought up to date in one frame. */
const CARDS_PER_FRAME = 30;

/** One card of the map, and what it shows. */
export interface Card {
  readonly id: NodeId;
  readonly entry: ShallowRef<BoardNode>;
}

/**
 * Gives each card its node. Changes of the nodes themselves arrive at once; new figures, which come
 * for all nodes in the same instant once a second, arrive over some frames, so that a large board
 * does not stand still for them.
 */
export function useCardFeed(
  nodes: Readonly<Ref<readonly BoardNode[]>>,
): Readonly<ShallowRef<readonly Card[]>> {
  let entries: ReadonlyMap<NodeId, ShallowRef<BoardNode>> = new Map();
  const cards = shallowRef<readonly Card[]>([]);
  let waiting: readonly BoardNode[] = [];
  let request = 0;

  function hand(some: readonly BoardNode[]): void {
    for (const one of some) {
      const card = entries.get(one.node.id);
      if (card) card.value = one;
    }
  }

  function work(): void {
    hand(waiting.slice(0, CARDS_PER_FRAME));
    waiting = waiting.slice(CARDS_PER_FRAME);
    request = waiting.length > 0 ? requestAnimationFrame(work) : 0;
  }

  /** Makes and drops cards; their order is the topology's. */
  function follow(next: readonly BoardNode[]): void {
    const before = cards.value;
    if (next.length === before.length && next.every((one, i) => one.node.id === before[i]?.id)) {
      return;
    }
    const known = new Map(before.map((card) => [card.id, card.entry]));
    cards.value = next.map((one) => ({
      id: one.node.id,
      entry: known.get(one.node.id) ?? shallowRef(one),
    }));
    entries = new Map(cards.value.map((card) => [card.id, card.entry]));
  }

  watch(
    nodes,
    (next) => {
      cancelAnimationFrame(request);
      follow(next);
      const changed = next.filter((one) => entries.get(one.node.id)?.value !== one);
      const isNew = (one: BoardNode): boolean => entries.get(one.node.id)?.value.node !== one.node;
      hand(changed.filter(isNew));
      waiting = changed.filter((one) => entries.get(one.node.id)?.value !== one);
      work();
    },
    { immediate: true },
  );
  onScopeDispose(() => cancelAnimationFrame(request));

  return cards;
}
