import type { NodeId, Position } from '@project-devops/simulation/protocol';
import { type D3DragEvent, drag } from 'd3-drag';
import { select } from 'd3-selection';
import { onBeforeUnmount, onMounted, type Ref } from 'vue';
import { nodeAt } from '../../../building/node-box.ts';
import { toBoard } from '../geometry/fit.ts';
import type { BoardSurface } from './use-board-view.ts';

/** What a press on the map has taken hold of; `x` and `y` are pixels of the map. */
type Grip =
  | {
      readonly kind: 'node';
      readonly id: NodeId;
      readonly x: number;
      readonly y: number;
      readonly offset: Position;
    }
  | { readonly kind: 'port'; readonly id: NodeId; readonly x: number; readonly y: number };

type DragEvent = D3DragEvent<HTMLElement, unknown, Grip>;

interface Options {
  readonly root: Readonly<Ref<HTMLElement | null>>;
  /** The element that holds the cards. */
  readonly layer: Readonly<Ref<HTMLElement | null>>;
  readonly surface: BoardSurface;
  readonly canEdit: () => boolean;
  nodes(): readonly { readonly id: NodeId; readonly position: Position }[];
  moveNode(id: NodeId, to: Position): void;
  dropNode(id: NodeId): void;
  startLink(from: NodeId): void;
  moveLink(to: Position, over: NodeId | null): void;
  dropLink(over: NodeId | null): void;
}

/** Pixels that the pointer must travel before a press is a drag. */
const DRAG_FROM = 4;

/** Dragging on the map: cards to move them, ports to draw links. A press without movement stays a click. */
export function useBoardDrag(options: Options): void {
  const { root, layer, surface } = options;
  let travelled = 0;

  function gripAt(event: DragEvent): Grip | null {
    const { x, y } = event;
    const element = event.sourceEvent.target;
    if (!(element instanceof Element)) return null;
    const id = element.closest<HTMLElement>('[data-node]')?.dataset.node;
    if (id === undefined) return null;
    if (element.closest('[data-port]')) return { kind: 'port', id, x, y };
    const centre = options.nodes().find((node) => node.id === id)?.position;
    if (!centre) return null;
    const at = toBoard(surface.view, { x, y });
    return { kind: 'node', id, x, y, offset: { x: centre.x - at.x, y: centre.y - at.y } };
  }

  function onDrag({ subject, x, y, dx, dy }: DragEvent): void {
    const isFirst = travelled <= DRAG_FROM;
    travelled += Math.abs(dx) + Math.abs(dy);
    if (travelled <= DRAG_FROM) return;
    const at = toBoard(surface.view, { x, y });
    if (subject.kind === 'node') {
      options.moveNode(subject.id, { x: at.x + subject.offset.x, y: at.y + subject.offset.y });
      return;
    }
    if (isFirst) options.startLink(subject.id);
    options.moveLink(at, nodeAt(options.nodes(), at));
  }

  function onEnd({ subject, x, y }: DragEvent): void {
    if (travelled <= DRAG_FROM) return;
    if (subject.kind === 'node') options.dropNode(subject.id);
    else options.dropLink(nodeAt(options.nodes(), toBoard(surface.view, { x, y })));
  }

  const behaviour = drag<HTMLElement, unknown, Grip | null>()
    .container(() => root.value as HTMLElement)
    .clickDistance(DRAG_FROM)
    .filter((event: MouseEvent) => !event.ctrlKey && !event.button && options.canEdit())
    .subject(gripAt)
    .on('start', () => {
      travelled = 0;
    })
    .on('drag', onDrag)
    .on('end', onEnd);

  onMounted(() => {
    if (layer.value) select<HTMLElement, unknown>(layer.value).call(behaviour);
  });
  onBeforeUnmount(() => {
    if (layer.value) select(layer.value).on('.drag', null);
  });
}
