import type { GoldenGame } from '../golden-trace.ts';
import type { Command, Drill, Link, Scenario, TopologyNode } from '../protocol/index.ts';
import { withChanges } from '../rules/link-options.ts';

/**
 * A game's scenario with all that its commands add: nodes and links in every state that they are put into (the same
 * one several times), and the faults of drills.
 */
export function shownIn(
  game: GoldenGame,
  scenarios: readonly Scenario[],
): Scenario & { readonly faults: NonNullable<Scenario['faults']> } {
  const base = scenarios.find(({ id }) => id === game.scenario) as Scenario;
  const scenario = { ...base, ...game.changes };
  const nodes: TopologyNode[] = [...scenario.topology.nodes];
  const links: Link[] = [...scenario.topology.links];
  const drills: Drill[] = [];
  for (const { command } of game.commands) {
    nodes.push(...nodeAfter(command, nodes));
    links.push(...linkAfter(command, links));
    if (command.type === 'inject-fault') drills.push(command.fault);
  }
  const faults = [
    ...(scenario.faults ?? []),
    ...drills.map((drill) => ({ ...drill, atSeconds: 0 })),
  ];
  return { ...scenario, topology: { nodes, links }, faults };
}

function nodeAfter(command: Command, nodes: readonly TopologyNode[]): TopologyNode[] {
  const latest = (id: string) => nodes.filter((node) => node.id === id).slice(-1);
  switch (command.type) {
    case 'place-node':
      return [command.node];
    case 'clone-node':
      return latest(command.id).map((node) => ({ ...node, id: command.newId }));
    case 'configure-node':
      return latest(command.id).map((node) => ({ ...node, ...command.options }) as TopologyNode);
    case 'resize-node':
      return latest(command.id).map((node) => ({ ...node, size: command.size }) as TopologyNode);
    default:
      return [];
  }
}

function linkAfter(command: Command, links: readonly Link[]): Link[] {
  if (command.type !== 'configure-link') return [];
  const { from, to, options } = command;
  const drawn = links.filter((link) => link.from === from && link.to === to).slice(-1);
  return [withChanges(drawn[0] ?? { from, to }, options)];
}
