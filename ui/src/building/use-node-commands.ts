import type {
  Command,
  NodeId,
  NodeKind,
  NodeOptions,
  Size,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { nextNodeId } from '../components/node-names.ts';
import { useRun } from '../session/use-run.ts';
import { movedBy, placeForClone, placeForNewcomer } from './board-place.ts';
import { newNode } from './new-node.ts';
import { useBoardTools } from './use-board-tools.ts';

/** What can be done with nodes and links; each answers once the run has taken or refused it. */
export function useNodeCommands() {
  const run = useRun();
  const tools = useBoardTools();

  const nodes = (): readonly TopologyNode[] => run.snapshot?.topology.nodes ?? [];
  const did = async (command: Command): Promise<boolean> => (await run.dispatch(command)).ok;

  const freeId = (kind: NodeKind): NodeId =>
    nextNodeId(
      kind,
      nodes().map((node) => node.id),
    );

  /** Buys a node and selects it; its place is found by itself. */
  async function buy(kind: NodeKind, size: Size): Promise<boolean> {
    if (!run.library) return false;
    const { optionForms } = run.library;
    const node = newNode(optionForms, kind, freeId(kind), size, placeForNewcomer(nodes()));
    const bought = await did({ type: 'place-node', node });
    if (bought) tools.select({ kind: 'node', id: node.id });
    return bought;
  }

  const clone = ({ id, kind, position }: TopologyNode): Promise<boolean> =>
    did({
      type: 'clone-node',
      id,
      newId: freeId(kind),
      position: placeForClone(position, nodes()),
    });

  async function remove(id: NodeId): Promise<boolean> {
    const removed = await did({ type: 'remove-node', id });
    const { selection } = tools;
    if (removed && selection?.kind === 'node' && selection.id === id) tools.select(null);
    return removed;
  }

  async function disconnect(from: NodeId, to: NodeId): Promise<boolean> {
    const gone = await did({ type: 'disconnect', from, to });
    if (gone && tools.selection?.kind === 'link') tools.select(null);
    return gone;
  }

  return {
    buy,
    clone,
    remove,
    disconnect,
    resize: (id: NodeId, size: Size) => did({ type: 'resize-node', id, size }),
    restart: (id: NodeId) => did({ type: 'restart-node', id }),
    connect: (from: NodeId, to: NodeId) => did({ type: 'connect', from, to }),
    move: ({ id, position }: TopologyNode, columns: number, rows: number) =>
      did({ type: 'move-node', id, position: movedBy(position, columns, rows) }),
    configure: (id: NodeId, options: NodeOptions) => did({ type: 'configure-node', id, options }),
  };
}
