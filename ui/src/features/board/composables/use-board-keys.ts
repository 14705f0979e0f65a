import type { NodeId } from '@project-devops/simulation/protocol';
import type { ComputedRef } from 'vue';
import { GRID } from '../../../building/node-box.ts';
import { useBoardTools } from '../../../building/use-board-tools.ts';
import { registerShortcut } from '../../../composables/use-shortcuts.ts';
import type { Direction } from '../geometry/neighbour.ts';
import type { BoardSurface } from './use-board-view.ts';
import type { Connecting } from './use-connecting.ts';
import type { NodeFocus } from './use-node-focus.ts';
import type { NodeMoves } from './use-node-moves.ts';
import type { Placing } from './use-placing.ts';

const ARROWS: Readonly<Record<string, { direction: Direction; dx: number; dy: number }>> = {
  ArrowLeft: { direction: 'left', dx: -1, dy: 0 },
  ArrowRight: { direction: 'right', dx: 1, dy: 0 },
  ArrowUp: { direction: 'up', dx: 0, dy: -1 },
  ArrowDown: { direction: 'down', dx: 0, dy: 1 },
};

interface Options {
  readonly surface: BoardSurface;
  readonly focus: NodeFocus;
  readonly moves: NodeMoves;
  readonly placing: Placing;
  readonly connecting: Connecting;
  canEdit(): boolean;
  startLink(from: NodeId): void;
  removeChosen(): void;
  cancel(): void;
}

/** The map's keys: arrows and Escape inside it, and shortcuts that the player can change. */
export function useBoardKeys(options: Options) {
  const { surface, focus, moves, placing, connecting } = options;
  const tools = useBoardTools();

  function onArrow(event: KeyboardEvent, { direction, dx, dy }: (typeof ARROWS)[string] & object) {
    if (tools.tool.kind === 'place') {
      const squares = event.shiftKey ? 4 : 1;
      placing.moveBy(dx * squares, dy * squares);
    } else if (event.altKey) {
      if (options.canEdit() && focus.active.value) {
        moves.nudge(focus.active.value, dx * GRID, dy * GRID);
      }
    } else {
      focus.move(direction, connecting.from.value === null ? null : connecting.targets.value);
    }
  }

  function onKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) return;
    const arrow = ARROWS[event.key];
    const inControl =
      event.target instanceof Element && event.target.closest('[data-board-control]') !== null;
    if (arrow && !inControl) onArrow(event, arrow);
    else if (event.key === 'Escape') options.cancel();
    else return;
    event.preventDefault();
  }

  function startLink(): void {
    const { selection } = tools;
    const from = selection?.kind === 'node' ? selection.id : focus.active.value;
    if (from !== null) options.startLink(from);
  }

  const shortcut = (
    name: 'connect' | 'remove' | 'zoomIn' | 'zoomOut' | 'fit',
    defaultKey: string,
    run: () => void,
  ): ComputedRef<string> =>
    registerShortcut({ id: `board-${name}`, defaultKey, labelKey: `board.shortcuts.${name}`, run });

  const labels = {
    connect: shortcut('connect', 'c', startLink),
    remove: shortcut('remove', 'Delete', options.removeChosen),
    in: shortcut('zoomIn', '+', surface.zoomIn),
    out: shortcut('zoomOut', '-', surface.zoomOut),
    fit: shortcut('fit', '0', () => surface.fit()),
  };
  return { onKeydown, labels };
}
