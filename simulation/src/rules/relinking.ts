import { type Link, linkKey } from '../protocol/index.ts';

/** Links led to other nodes: none from a node to itself, and of two between the same nodes the first. */
export function relinked(links: readonly Link[], led: (link: Link) => Link): Link[] {
  const byKey = new Map<string, Link>();
  for (const link of links.map(led)) {
    const key = linkKey(link);
    if (link.from !== link.to && !byKey.has(key)) byKey.set(key, link);
  }
  return [...byKey.values()];
}
