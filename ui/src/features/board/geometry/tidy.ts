import { Graph, layout } from '@dagrejs/dagre';
import type { NodeId, Position, Topology } from '@project-devops/simulation/protocol';
import { NODE_HEIGHT, NODE_WIDTH, snapToGrid } from '../../../building/node-box.ts';

/** Distances between columns and between the cards of a column, in board units. */
const COLUMN_GAP = 90;
const ROW_GAP = 54;

/** Positions on the grid in which links lead from left to right and cards do not touch. */
export function tidyPositions({ nodes, links }: Topology): Map<NodeId, Position> {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: COLUMN_GAP, nodesep: ROW_GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  for (const { from, to } of links) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as Position;
      return [id, snapToGrid({ x, y })];
    }),
  );
}
