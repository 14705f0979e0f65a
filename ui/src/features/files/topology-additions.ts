import type { Command, Topology } from '@project-devops/simulation/protocol';

/** The commands that add to a topology what another one has beyond it; nothing is removed. */
export function additionsTo(present: Topology, wanted: Topology): readonly Command[] {
  const nodes = new Set(present.nodes.map((node) => node.id));
  const links = new Set(present.links.map((link) => `${link.from}>${link.to}`));
  return [
    ...wanted.nodes
      .filter((node) => !nodes.has(node.id))
      .map((node): Command => ({ type: 'place-node', node })),
    ...wanted.links
      .filter((link) => !links.has(`${link.from}>${link.to}`))
      .flatMap(({ from, to, ...options }): readonly Command[] => [
        { type: 'connect', from, to },
        ...(Object.keys(options).length > 0
          ? [{ type: 'configure-link', from, to, options } as const]
          : []),
      ]),
  ];
}
