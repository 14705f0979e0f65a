import type { NodeId } from '@project-devops/simulation/protocol';
import type { Ref } from 'vue';
import { onMounted } from 'vue';
import { nodeAt } from '../../../building/node-box.ts';
import { useBoardTools } from '../../../building/use-board-tools.ts';
import type { Board } from './use-board.ts';
import type { BoardActions } from './use-board-actions.ts';
import { useBoardDrag } from './use-board-drag.ts';

/** Pointer on the map: what it points at, drags, and presses on empty ground. Answers the root's listeners. */
export function useBoardPointer(
  root: Readonly<Ref<HTMLElement | null>>,
  layer: Readonly<Ref<HTMLElement | null>>,
  parts: Board,
  actions: BoardActions,
) {
  const { surface, moves, connecting, links, placing, board, canEdit } = parts;
  const tools = useBoardTools();

  const placed = () =>
    board.nodes.value.map(({ node }) => ({
      id: node.id,
      position: moves.positionOf(node.id) ?? node.position,
    }));

  useBoardDrag({
    root,
    layer,
    surface,
    canEdit: () => canEdit.value && tools.tool.kind !== 'place',
    nodes: placed,
    moveNode: moves.drag,
    dropNode: (id: NodeId) => void moves.drop(id),
    startLink: actions.startLink,
    moveLink(to, over) {
      connecting.looseEnd.value = to;
      connecting.candidate.value = over;
    },
    dropLink(over) {
      if (over === null) actions.cancel();
      else void actions.endLink(over);
    },
  });

  /** Pans and zooms the layer of cards with the canvases. */
  function applyView(): void {
    const { x, y, k } = surface.view;
    if (layer.value) layer.value.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
  }
  surface.onChange(applyView);
  onMounted(applyView);

  const isGround = (target: EventTarget | null): boolean =>
    target instanceof Element &&
    target.closest('[data-node], [data-board-control], button') === null;

  function pointermove(event: PointerEvent): void {
    const point = surface.fromClient(event.clientX, event.clientY);
    if (tools.tool.kind === 'place') {
      placing.moveTo(point);
    } else if (tools.tool.kind === 'connect') {
      connecting.looseEnd.value = point;
      connecting.candidate.value = nodeAt(placed(), point);
    } else if (event.buttons === 0 && event.pointerType === 'mouse') {
      const link = isGround(event.target) ? links.linkAt(point, surface.view.k) : null;
      links.hovered.value = link?.key ?? null;
    }
  }

  function click(event: MouseEvent): void {
    const onControl =
      event.target instanceof Element && event.target.closest('[data-board-control]') !== null;
    const placing = tools.tool.kind === 'place' && !onControl && event.detail > 0;
    if (!placing && !isGround(event.target)) return;
    actions.pressGround(surface.fromClient(event.clientX, event.clientY), event.shiftKey);
  }

  function pointerleave(): void {
    links.hovered.value = null;
  }

  return { pointermove, pointerleave, click };
}
