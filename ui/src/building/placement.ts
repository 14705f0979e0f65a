import type {
  NodeId,
  NodeKind,
  Position,
  SizeEntry,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { areCrowded, GRID, snapToGrid } from './node-box.ts';
import { buyReason, type Situation } from './purchase.ts';

/** Why a node cannot be set down, ready for a message; null when it can. */
export interface PlacementReason {
  readonly key: string;
  readonly money?: number;
  readonly node?: NodeId;
}

type Placed = Pick<TopologyNode, 'id' | 'position'>;

/** The node that is in the way at a position, `except` aside; null when there is room. */
export function nodeInTheWay(
  position: Position,
  nodes: readonly Placed[],
  except: NodeId | null = null,
): NodeId | null {
  const other = nodes.find((node) => node.id !== except && areCrowded(node.position, position));
  return other?.id ?? null;
}

/** Why a kind at a size cannot be bought and set down at a position; null when it can. */
export function placementReason(
  situation: Situation,
  kind: NodeKind,
  size: SizeEntry,
  position: Position,
  nodes: readonly Placed[],
): PlacementReason | null {
  const buying = buyReason(situation, kind, size.price);
  if (buying) return buying;
  const node = nodeInTheWay(position, nodes);
  return node === null ? null : { key: 'board.occupied', node };
}

/** Rings of the grid that are searched before the wanted place is taken after all. */
const MAX_RINGS = 60;

/** The free point of the grid nearest to a wanted one; for nodes placed without a pointer. */
export function freePlaceNear(wanted: Position, nodes: readonly Placed[]): Position {
  const start = snapToGrid(wanted);
  for (let ring = 0; ring <= MAX_RINGS; ring++) {
    for (let dx = -ring; dx <= ring; dx++) {
      const dy = ring - Math.abs(dx);
      for (const y of [start.y + dy * GRID, start.y - dy * GRID]) {
        const place = { x: start.x + dx * GRID, y };
        if (nodeInTheWay(place, nodes) === null) return place;
      }
    }
  }
  return start;
}
