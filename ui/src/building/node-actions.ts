import type {
  CatalogEntry,
  NodeView,
  Size,
  SizeEntry,
  Topology,
  TopologyNode,
} from '@project-devops/simulation/protocol';
import { sizeEntry } from './offers.ts';
import { buyReason, closedReason, payReason, type Reason, type Situation } from './purchase.ts';

/** One thing to do with a node: why it cannot be done, or null. */
export interface Action {
  readonly reason: Reason | null;
}

export interface ResizeAction extends Action {
  readonly size: Size;
  /** What it costs; negative when money comes back. */
  readonly price: number;
}

export interface NodeActions {
  /** Null when there is no larger (smaller) size. */
  readonly scaleUp: ResizeAction | null;
  readonly scaleDown: ResizeAction | null;
  /** Null for what cannot be bought at all. */
  readonly clone: (Action & { readonly price: number }) | null;
  readonly restart: Action | null;
  readonly connect: Action | null;
  readonly remove: (Action & { readonly refund: number }) | null;
}

/** What it costs to take a node's worth from one price to another; negative when money comes back. */
export type Trade = (from: number, to: number) => number;

function resize(
  situation: Situation,
  entry: CatalogEntry,
  current: SizeEntry,
  step: 1 | -1,
  trade: Trade,
): ResizeAction | null {
  const target = entry.sizes[entry.sizes.indexOf(current) + step];
  if (!target) return null;
  const price = trade(current.price, target.price);
  return {
    size: target.size,
    price,
    reason: closedReason(situation) ?? payReason(situation, price),
  };
}

function connectReason(
  situation: Situation,
  entry: CatalogEntry,
  node: TopologyNode,
  topology: Topology,
): Reason | null {
  const closed = closedReason(situation);
  if (closed) return closed;
  const links = topology.links.filter((link) => link.from === node.id).length;
  if (entry.maxLinks !== null && links >= entry.maxLinks) {
    return { key: 'inspector.reasons.too-many-links' };
  }
  const targets = topology.nodes.some(
    (other) => other.id !== node.id && entry.linksTo.includes(other.kind),
  );
  return targets ? null : { key: 'inspector.reasons.no-target' };
}

function restartReason(situation: Situation, view: NodeView | null): Reason | null {
  const closed = closedReason(situation);
  if (closed) return closed;
  if (situation.phase === 'setup') return { key: 'inspector.reasons.no-traffic-yet' };
  return view?.state === 'starting' ? { key: 'inspector.reasons.starting' } : null;
}

/** All that can be done with a node, at the prices of this instant. */
export function nodeActions(
  situation: Situation,
  entry: CatalogEntry,
  node: TopologyNode,
  view: NodeView | null,
  topology: Topology,
  trade: Trade,
): NodeActions {
  const size = 'size' in node ? sizeEntry(entry, node.size) : null;
  const connect =
    entry.linksTo.length === 0 ? null : { reason: connectReason(situation, entry, node, topology) };
  if (!size) {
    return { scaleUp: null, scaleDown: null, clone: null, restart: null, connect, remove: null };
  }
  return {
    scaleUp: resize(situation, entry, size, 1, trade),
    scaleDown: resize(situation, entry, size, -1, trade),
    clone: { price: size.price, reason: buyReason(situation, node.kind, size.price) },
    restart: { reason: restartReason(situation, view) },
    connect,
    remove: { refund: -trade(size.price, 0), reason: closedReason(situation) },
  };
}

/** Whether requests would be lost if the node stopped now. */
export function servesTraffic(view: NodeView | null): boolean {
  const row = view?.measurement;
  return row ? row.offered > 0 || row.inFlight > 0 : false;
}
