import type {
  CatalogEntry,
  LinkView,
  NodeId,
  NodeView,
  Snapshot,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { type ComputedRef, computed } from 'vue';
import { useRun } from '../session/use-run.ts';
import { type Selection, useBoardTools } from './use-board-tools.ts';

/** What the inspector shows: a node, a link, or null for the service as a whole. */
export type Inspected =
  | {
      readonly kind: 'node';
      readonly node: TopologyNode;
      readonly view: NodeView | null;
      readonly entry: CatalogEntry;
    }
  | {
      readonly kind: 'link';
      readonly from: NodeId;
      readonly to: NodeId;
      readonly view: LinkView | null;
    };

/** The selected node or link as it is at this instant; null when it is not there any more. */
export function inspect(
  selection: Selection | null,
  { topology, nodes, links }: Pick<Snapshot, 'topology' | 'nodes' | 'links'>,
  catalog: readonly CatalogEntry[],
): Inspected | null {
  if (selection?.kind === 'node') {
    const node = topology.nodes.find(({ id }) => id === selection.id);
    const entry = catalog.find(({ kind }) => kind === node?.kind);
    if (!node || !entry) return null;
    return { kind: 'node', node, entry, view: nodes.find(({ id }) => id === node.id) ?? null };
  }
  if (selection?.kind !== 'link') return null;
  const { from, to } = selection;
  const joins = (link: { from: NodeId; to: NodeId }) => link.from === from && link.to === to;
  if (!topology.links.some(joins)) return null;
  return { kind: 'link', from, to, view: links.find(joins) ?? null };
}

/** Follows the selection on the map or in the table. */
export function useInspected(): ComputedRef<Inspected | null> {
  const run = useRun();
  const tools = useBoardTools();
  return computed(() =>
    run.snapshot && run.library
      ? inspect(tools.selection, run.snapshot, run.library.catalog)
      : null,
  );
}
