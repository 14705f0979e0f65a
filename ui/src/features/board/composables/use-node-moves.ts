import type { NodeId, Position } from '@project-devops/simulation/protocol';
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { snapToGrid } from '../../../building/node-box.ts';
import { freePlaceNear } from '../../../building/placement.ts';
import { useRun } from '../../../session/use-run.ts';
import type { BoardNode } from '../cards/stable-views.ts';

const NUDGE_SETTLES_MS = 400;
const BOARD_EDGE = 20_000;

const clamp = (value: number): number => Math.max(-BOARD_EDGE, Math.min(BOARD_EDGE, value));

/** Nodes that are being moved: where they are drawn until the engine has moved them. */
export function useNodeMoves(nodes: Readonly<Ref<ReadonlyMap<NodeId, BoardNode>>>) {
  const run = useRun();
  const drafts = shallowRef<ReadonlyMap<NodeId, Position>>(new Map());
  const sent = new Set<NodeId>();
  let nudgeTimer: ReturnType<typeof setTimeout> | undefined;
  let nudged: NodeId | null = null;

  function setDraft(id: NodeId, position: Position | null): void {
    const next = new Map(drafts.value);
    if (position) next.set(id, position);
    else next.delete(id);
    drafts.value = next;
  }

  function positionOf(id: NodeId): Position | null {
    return drafts.value.get(id) ?? nodes.value.get(id)?.node.position ?? null;
  }

  /** Draws a node somewhere else for the moment. */
  function drag(id: NodeId, { x, y }: Position): void {
    sent.delete(id);
    setDraft(id, { x: clamp(x), y: clamp(y) });
  }

  /** Puts a dragged node down on the nearest free point of the grid. */
  async function drop(id: NodeId): Promise<void> {
    const wanted = drafts.value.get(id);
    const present = nodes.value.get(id)?.node.position;
    if (!wanted || !present) return setDraft(id, null);
    const others = [...nodes.value.values()]
      .map((one) => one.node)
      .filter((node) => node.id !== id);
    const position = freePlaceNear(snapToGrid(wanted), others);
    if (position.x === present.x && position.y === present.y) return setDraft(id, null);
    setDraft(id, position);
    sent.add(id);
    const answer = await run.dispatch({ type: 'move-node', id, position });
    if (!answer.ok) forget(id);
  }

  function forget(id: NodeId): void {
    if (!sent.delete(id)) return;
    setDraft(id, null);
  }

  function settleNudge(): void {
    clearTimeout(nudgeTimer);
    if (nudged !== null) void drop(nudged);
    nudged = null;
  }

  /** Moves a node by keys; the command is given once the keys rest. */
  function nudge(id: NodeId, dx: number, dy: number): void {
    if (nudged !== id) settleNudge();
    const from = positionOf(id);
    if (!from) return;
    nudged = id;
    drag(id, { x: from.x + dx, y: from.y + dy });
    clearTimeout(nudgeTimer);
    nudgeTimer = setTimeout(settleNudge, NUDGE_SETTLES_MS);
  }

  watch(
    () => run.snapshot?.revision,
    () => {
      for (const id of [...sent]) forget(id);
    },
  );
  onScopeDispose(() => clearTimeout(nudgeTimer));

  return { drafts, positionOf, drag, drop, nudge };
}
export type NodeMoves = ReturnType<typeof useNodeMoves>;
