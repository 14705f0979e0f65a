import type { NodeId } from './ids.ts';

/** Names a link by its ends; two nodes are joined by at most one link in each direction. */
export type LinkKey = `${NodeId}>${NodeId}`;

/** The key of the link from one node to another. */
export function linkKey(link: { readonly from: NodeId; readonly to: NodeId }): LinkKey {
  return `${link.from}>${link.to}`;
}
