import type {
  CatalogEntry,
  NodeId,
  NodeKind,
  Refusal,
  Topology,
} from '@project-devops/simulation/protocol';

/** What the rules say about a link that could be drawn. */
export type LinkVerdict = Refusal | null;

type Catalog = ReadonlyMap<NodeKind, CatalogEntry>;

/**
 * Why `from` cannot be linked to `to`, as far as topology and catalog tell; null when nothing speaks
 * against it. The engine has the last word.
 */
export function linkVerdict(
  topology: Topology,
  catalog: Catalog,
  from: NodeId,
  to: NodeId,
): LinkVerdict {
  const source = topology.nodes.find((node) => node.id === from);
  const target = topology.nodes.find((node) => node.id === to);
  if (!source) return { code: 'unknown-node', subject: from };
  if (!target) return { code: 'unknown-node', subject: to };
  if (from === to) return { code: 'same-node', subject: from };
  const outgoing = topology.links.filter((link) => link.from === from);
  if (outgoing.some((link) => link.to === to)) {
    return { code: 'duplicate-link', subject: `${from}>${to}` };
  }
  const entry = catalog.get(source.kind);
  if (!entry?.linksTo.includes(target.kind)) {
    return { code: 'link-not-allowed', subject: `${from}>${to}` };
  }
  if (entry.maxLinks === null || outgoing.length < entry.maxLinks) return null;
  return { code: 'no-connections-left', subject: from, details: { max: entry.maxLinks } };
}

/** The verdicts on links from one node to every node of the topology. */
export function linkVerdicts(
  topology: Topology,
  catalog: Catalog,
  from: NodeId,
): ReadonlyMap<NodeId, LinkVerdict> {
  return new Map(
    topology.nodes.map((node) => [node.id, linkVerdict(topology, catalog, from, node.id)]),
  );
}
