import type { NodeId, Position } from '@project-devops/simulation/protocol';
import { computed, type Ref, shallowRef, watch } from 'vue';
import { newNode } from '../../../building/new-node.ts';
import { GRID, snapToGrid } from '../../../building/node-box.ts';
import { sizeEntry } from '../../../building/offers.ts';
import {
  freePlaceNear,
  type PlacementReason,
  placementReason,
} from '../../../building/placement.ts';
import { useBoardTools } from '../../../building/use-board-tools.ts';
import { useSituation } from '../../../building/use-situation.ts';
import { nextNodeId } from '../../../components/node-names.ts';
import { useRun } from '../../../session/use-run.ts';
import type { BoardNode } from '../cards/stable-views.ts';

interface Options {
  readonly nodes: Readonly<Ref<readonly BoardNode[]>>;
  /** Where a node stands when no pointer has shown a place yet. */
  middle(): Position;
  onPlaced(id: NodeId): void;
}

/** A node in hand: where it would stand, what it costs, and why it cannot be set down there. */
export function usePlacing({ nodes, middle, onPlaced }: Options) {
  const run = useRun();
  const tools = useBoardTools();
  const situation = useSituation();
  const position = shallowRef<Position | null>(null);
  /** Bought, but not in a snapshot yet. */
  const pending = new Set<NodeId>();

  const inHand = computed(() => {
    const { tool } = tools;
    if (tool.kind !== 'place') return null;
    const entry = run.library?.catalog.find((one) => one.kind === tool.nodeKind);
    const size = sizeEntry(entry, tool.size);
    return size && { kind: tool.nodeKind, size };
  });
  const placed = computed(() => nodes.value.map((one) => one.node));

  const reason = computed<PlacementReason | null>(() => {
    const hand = inHand.value;
    if (!hand || !situation.value || !position.value) return null;
    return placementReason(situation.value, hand.kind, hand.size, position.value, placed.value);
  });

  function hold(): void {
    position.value = inHand.value && freePlaceNear(middle(), placed.value);
  }

  /** Moves the node in hand to the grid point nearest to a point of the board. */
  function moveTo(point: Position): void {
    const next = snapToGrid(point);
    if (position.value?.x !== next.x || position.value.y !== next.y) position.value = next;
  }

  function moveBy(columns: number, rows: number): void {
    if (!position.value) return;
    moveTo({ x: position.value.x + columns * GRID, y: position.value.y + rows * GRID });
  }

  /** Buys the node in hand and sets it down; keeps another one in hand if `again`. */
  async function put(again: boolean): Promise<void> {
    const hand = inHand.value;
    const at = position.value;
    if (!run.library || !hand || !at || reason.value) return;
    const id = nextNodeId(hand.kind, [...placed.value.map((node) => node.id), ...pending]);
    pending.add(id);
    if (!again) tools.cancel();
    const node = newNode(run.library.optionForms, hand.kind, id, hand.size.size, at);
    const answer = await run.dispatch({ type: 'place-node', node });
    if (answer.ok) onPlaced(id);
    else pending.delete(id);
  }

  watch(placed, (now) => {
    for (const { id } of now) pending.delete(id);
  });
  watch(() => (tools.tool.kind === 'place' ? tools.tool.nodeKind : null), hold, {
    flush: 'post',
    immediate: true,
  });

  return { inHand, position, reason, moveTo, moveBy, put };
}
export type Placing = ReturnType<typeof usePlacing>;
