import {
  type Link,
  type LinkView,
  linkKey,
  type NodeId,
  type Position,
  type Topology,
} from '@project-devops/simulation/protocol';
import { curveBetween } from '../geometry/curve.ts';
import { type Path, pathOf } from '../geometry/path.ts';
import type { LinkFlow } from '../packets/emitter.ts';
import type { PacketLink } from '../packets/packet-field.ts';
import { packetSpeed } from '../packets/packet-speed.ts';
import { SPRITE_OPERATIONS } from '../packets/sprites.ts';

/** A link as the map draws it. Figures are of the last full second. */
export interface LinkItem extends PacketLink, Link {
  /** True for the copy stream from a primary to its replica. */
  readonly isReplication: boolean;
  readonly callsPerSecond: number;
  readonly failedPerSecond: number;
  readonly meanMs: number | null;
}

/** All calls over a link in the last full second. */
export function callsOf(view: LinkView | undefined): number {
  return SPRITE_OPERATIONS.reduce((sum, operation) => sum + (view?.calls[operation] ?? 0), 0);
}

function flowOf(view: LinkView | undefined, motion: number): LinkFlow {
  const calls = callsOf(view);
  return {
    rates: SPRITE_OPERATIONS.map((operation) => (view?.calls[operation] ?? 0) * motion),
    failedShare: calls === 0 ? 0 : Math.min(1, (view?.failed ?? 0) / calls),
    speed: packetSpeed(view?.meanMs ?? null),
  };
}

/** Builds the links' curves and flows; curves whose ends stay are kept. */
export function createLinkScene() {
  let paths = new Map<string, { readonly ends: string; readonly path: Path }>();

  function pathBetween(key: string, from: Position, to: Position): Path {
    const ends = `${from.x},${from.y},${to.x},${to.y}`;
    const known = paths.get(key);
    return known?.ends === ends ? known.path : pathOf(curveBetween(from, to));
  }

  /**
   * The links of a topology in its order. `positionOf` may differ from the topology's positions while
   * a node is dragged; `motion` is the packets' time factor.
   */
  function build(
    topology: Topology,
    views: readonly LinkView[],
    positionOf: (id: NodeId) => Position | null,
    motion: number,
  ): LinkItem[] {
    const viewOf = new Map(views.map((view) => [linkKey(view), view]));
    const kindOf = new Map(topology.nodes.map((node) => [node.id, node.kind]));
    const kept: typeof paths = new Map();
    const items = topology.links.flatMap(({ from, to }): LinkItem[] => {
      const [start, end] = [positionOf(from), positionOf(to)];
      if (!start || !end) return [];
      const key = linkKey({ from, to });
      const path = pathBetween(key, start, end);
      kept.set(key, { ends: `${start.x},${start.y},${end.x},${end.y}`, path });
      const view = viewOf.get(key);
      return [
        {
          key,
          from,
          to,
          path,
          flow: flowOf(view, motion),
          isReplication: kindOf.get(from) === 'sql-primary' && kindOf.get(to) === 'sql-replica',
          callsPerSecond: callsOf(view),
          failedPerSecond: view?.failed ?? 0,
          meanMs: view?.meanMs ?? null,
        },
      ];
    });
    paths = kept;
    return items;
  }

  return { build };
}
