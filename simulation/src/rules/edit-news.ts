import { type Happening, linkKey, type Topology, type TopologyNode } from '../protocol/index.ts';
import { primaryOf } from './promotion.ts';
import { sizeOf, type TopologyCommand } from './topology-edits.ts';

/** What an edit cost, and how many writes were lost with it. */
interface Outcome {
  readonly cost: number;
  readonly lostWrites: number;
}

/** What an accepted edit is told as. `before` is the topology it was applied to. */
export function editNews(
  command: TopologyCommand,
  before: Topology,
  { cost, lostWrites }: Outcome,
): Happening {
  const node = (id: string) => before.nodes.find((other) => other.id === id) as TopologyNode;
  switch (command.type) {
    case 'place-node': {
      const { id, kind } = command.node;
      return { type: 'node-placed', node: id, kind, paid: cost };
    }
    case 'clone-node': {
      const { kind } = node(command.id);
      return { type: 'node-placed', node: command.newId, kind, paid: cost };
    }
    case 'remove-node':
      return { type: 'node-removed', node: command.id, refund: -cost };
    case 'move-node':
      return { type: 'node-moved', node: command.id };
    case 'configure-node':
      return { type: 'node-configured', node: command.id };
    case 'resize-node': {
      const from = sizeOf(node(command.id)) ?? command.size;
      return { type: 'node-resized', node: command.id, from, to: command.size, paid: cost };
    }
    case 'promote-replica': {
      const primary = primaryOf(before, command.id) ?? '';
      return { type: 'replica-promoted', node: command.id, primary, lostWrites };
    }
    case 'connect':
      return { type: 'link-connected', link: linkKey(command) };
    case 'disconnect':
      return { type: 'link-disconnected', link: linkKey(command) };
    case 'configure-link':
      return { type: 'link-configured', link: linkKey(command) };
  }
}
