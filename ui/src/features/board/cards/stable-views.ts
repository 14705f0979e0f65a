import type { NodeId, NodeView, Snapshot, TopologyNode } from '@project-devops/simulation/protocol';

/** A node with its view, the same object as long as nothing about it has changed. */
export interface BoardNode {
  readonly node: TopologyNode;
  readonly view: NodeView | null;
}

function isSameView(a: NodeView | null, b: NodeView | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.state === b.state &&
    a.lockWaits === b.lockWaits &&
    a.limitedBy?.limit === b.limitedBy?.limit &&
    a.measurement?.endMs === b.measurement?.endMs
  );
}

/** Nodes are flat records but for their position. */
function isSameNode(a: TopologyNode, b: TopologyNode): boolean {
  if (a.position.x !== b.position.x || a.position.y !== b.position.y) return false;
  const keys = Object.keys(a) as (keyof TopologyNode)[];
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => key === 'position' || a[key] === b[key])
  );
}

function kept(before: BoardNode | undefined, node: TopologyNode, view: NodeView | null): BoardNode {
  if (!before) return { node, view };
  const sameView = isSameView(before.view, view);
  if (sameView && before.node === node) return before;
  return { node, view: sameView ? before.view : view };
}

/**
 * Snapshots arrive ten times a second as new objects, but figures change once a second and nodes
 * hardly ever. This keeps the old objects where nothing changed, so that cards are not drawn again.
 */
export function createStableViews() {
  let known = new Map<NodeId, BoardNode>();
  let revision = -1;
  let timeMs = 0;

  /** The nodes of a snapshot in its order. `restarted`: the snapshot belongs to another run or time. */
  function read(snapshot: Snapshot, restarted: boolean): BoardNode[] {
    if (restarted || snapshot.timeMs < timeMs) known = new Map();
    const sameNodes = snapshot.revision === revision;
    const viewOf = new Map(snapshot.nodes.map((view) => [view.id, view]));
    const nodes = snapshot.topology.nodes.map((node) => {
      const before = known.get(node.id);
      const isSame = before && (sameNodes || isSameNode(before.node, node));
      const stable = isSame ? before.node : node;
      return kept(before, stable, viewOf.get(node.id) ?? null);
    });
    known = new Map(nodes.map((one) => [one.node.id, one]));
    revision = snapshot.revision;
    timeMs = snapshot.timeMs;
    return nodes;
  }

  return { read };
}
