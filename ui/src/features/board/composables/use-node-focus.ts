import type { NodeId, Position } from '@project-devops/simulation/protocol';
import { nextTick, type Ref, shallowRef, watch } from 'vue';
import { useRun } from '../../../session/use-run.ts';
import type { BoardNode } from '../cards/stable-views.ts';
import { type Direction, nearestNode, neighbourOf } from '../geometry/neighbour.ts';

interface Options {
  readonly root: Ref<HTMLElement | null>;
  readonly nodes: Readonly<Ref<readonly BoardNode[]>>;
  /** Called when the focus moves to a node by key. */
  onReached(id: NodeId): void;
}

/** One node of the map is in the tab order; arrows move to others, and the focus outlives its node. */
export function useNodeFocus({ root, nodes, onReached }: Options) {
  const run = useRun();
  const active = shallowRef<NodeId | null>(null);
  let lastPlace: Position | null = null;
  let awaited: NodeId | null = null;

  const elementOf = (id: NodeId): HTMLElement | null =>
    root.value?.querySelector<HTMLElement>(`[data-node-button="${CSS.escape(id)}"]`) ?? null;
  const placed = () => nodes.value.map((one) => one.node);

  function activate(id: NodeId): void {
    active.value = id;
    lastPlace = placed().find((node) => node.id === id)?.position ?? lastPlace;
  }

  async function focus(id: NodeId): Promise<void> {
    activate(id);
    await nextTick();
    elementOf(id)?.focus({ preventScroll: true });
    onReached(id);
  }

  /** Moves the focus in a direction, to one of `among` only if given; answers whether it moved. */
  function move(direction: Direction, among: readonly NodeId[] | null = null): boolean {
    const all = placed();
    const from = all.find((node) => node.id === active.value) ?? all[0];
    if (!from) return false;
    const choice = among ? all.filter((node) => among.includes(node.id) || node === from) : all;
    const next = neighbourOf(from, choice, run.snapshot?.topology.links ?? [], direction);
    if (next === null) return false;
    void focus(next);
    return true;
  }

  /** Focuses a node as soon as it stands on the board. */
  function focusWhenThere(id: NodeId): void {
    if (placed().some((node) => node.id === id)) void focus(id);
    else awaited = id;
  }

  function holdsFocus(): boolean {
    const element = root.value?.ownerDocument.activeElement ?? null;
    return element !== null && root.value?.contains(element) === true;
  }

  watch(
    nodes,
    () => {
      const all = placed();
      const present = all.find((node) => node.id === active.value);
      if (awaited !== null && all.some((node) => node.id === awaited)) {
        void focus(awaited);
        awaited = null;
      } else if (present) {
        lastPlace = present.position;
      } else {
        const next = lastPlace ? nearestNode(lastPlace, all) : (all[0]?.id ?? null);
        const hadFocus = active.value !== null && holdsFocus();
        active.value = next;
        if (hadFocus && next !== null) void focus(next);
        else if (hadFocus) root.value?.focus();
      }
    },
    { flush: 'pre', immediate: true },
  );

  return {
    active,
    focus,
    move,
    focusWhenThere,
    /** Takes over the focus that reached a node by itself (pointer, Tab). */
    onFocused: activate,
  };
}
export type NodeFocus = ReturnType<typeof useNodeFocus>;
