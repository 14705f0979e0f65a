import type { NodeId, Position } from '@project-devops/simulation/protocol';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { useBoardTools } from '../../../building/use-board-tools.ts';
import { useRun } from '../../../session/use-run.ts';
import { curveToPoint } from '../geometry/curve.ts';
import { itemAt, pathOf } from '../geometry/path.ts';
import type { LinkPicture } from '../links/link-painter.ts';
import { createLinkScene, type LinkItem } from '../links/link-scene.ts';
import { type Limits, linkTone } from '../links/link-style.ts';
import { motionFactor } from '../packets/packet-speed.ts';
import { requestsPerMark } from '../packets/requests-per-mark.ts';
import type { Connecting } from './use-connecting.ts';
import type { NodeMoves } from './use-node-moves.ts';

interface Options {
  readonly moves: NodeMoves;
  readonly connecting: Connecting;
  limits(): Limits;
  /** Middles of the cards that glow. */
  glows(): readonly Position[];
}

/** How near to a link a press must be, in pixels. */
const REACH = 11;

/** The links of the newest snapshot: curves, flows, and the scale of the marks. */
export function useLinkLayer({ moves, connecting, limits, glows }: Options) {
  const run = useRun();
  const tools = useBoardTools();
  const scene = createLinkScene();
  const items = shallowRef<readonly LinkItem[]>([]);
  const perMark = shallowRef(1);
  const hovered = shallowRef<string | null>(null);

  /** Motion of the last speed above zero: a paused game keeps its picture. */
  let motion = 1;

  function build(): void {
    const snapshot = run.snapshot;
    if (run.speed !== 0) motion = motionFactor(run.speed);
    items.value = snapshot
      ? scene.build(snapshot.topology, snapshot.links, moves.positionOf, motion)
      : [];
    perMark.value = requestsPerMark(
      items.value.map(({ flow, path }) => ({
        ratePerSecond: flow.rates.reduce((sum, rate) => sum + rate, 0),
        speed: flow.speed,
        length: path.length,
      })),
      perMark.value,
    );
  }

  /** Figures change once a second; the topology with its revision. */
  function state(): string {
    const { snapshot, frame, speed } = run;
    if (!snapshot) return '';
    const second = Math.floor(snapshot.timeMs / 1000);
    return `${snapshot.revision} ${second} ${speed} ${frame?.restarted ? snapshot.timeMs : ''}`;
  }
  watch([state, moves.drafts], build, { immediate: true });

  const selected = (): string | null =>
    tools.selection?.kind === 'link' ? `${tools.selection.from}>${tools.selection.to}` : null;

  function draft(): LinkPicture['draft'] {
    const { from, looseEnd } = connecting;
    const start = from.value === null ? null : moves.positionOf(from.value);
    return start && looseEnd.value ? pathOf(curveToPoint(start, looseEnd.value)) : null;
  }

  /** What is to be painted now. */
  function picture(): LinkPicture {
    const chosen = selected();
    return {
      links: items.value.map((item) => ({
        item,
        tone:
          item.key === chosen
            ? 'selected'
            : item.key === hovered.value
              ? 'hovered'
              : linkTone(item, tools.overlay, limits()),
      })),
      draft: draft(),
      glows: glows(),
    };
  }

  /** The link within reach of a point of the board, `zoom` being the view's. */
  const linkAt = (point: Position, zoom: number): LinkItem | null =>
    itemAt(items.value, point, REACH / zoom);

  const linksFrom = (id: NodeId): readonly LinkItem[] =>
    items.value.filter((item) => item.from === id);

  const listeners = new Set<() => void>();
  watch(
    [items, glows, hovered, () => tools.selection, () => tools.overlay, connecting.looseEnd],
    () => {
      for (const listener of listeners) listener();
    },
  );
  onScopeDispose(() => listeners.clear());

  return {
    items,
    perMark,
    hovered,
    picture,
    linkAt,
    linksFrom,
    onChange: (listener: () => void) => listeners.add(listener),
  };
}
export type LinkLayer = ReturnType<typeof useLinkLayer>;
