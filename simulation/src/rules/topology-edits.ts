import {
  type CatalogEntry,
  type Command,
  type Link,
  linkKey,
  MAX_LINKS,
  MAX_NODES,
  type NodeId,
  type NodeKind,
  type Refusal,
  type RefusalCode,
  type Size,
  type SizeEntry,
  type Topology,
  type TopologyNode,
} from '../protocol/index.ts';
import { changesBack, commandsFor, optionsFit, withChanges } from './link-options.ts';
import { configured } from './node-options.ts';
import { promoted } from './promotion.ts';

export type Catalog = Readonly<Record<NodeKind, CatalogEntry>>;

/** A topology changed by a command, and the commands that change it back. */
export interface Edit {
  readonly topology: Topology;
  readonly undo: readonly Command[];
}

export type EditResult =
  | { readonly ok: true; readonly edit: Edit }
  | { readonly ok: false; readonly refusal: Refusal };

export interface EditRules {
  readonly catalog: Catalog;
  readonly shop: readonly NodeKind[];
}

type Of<T extends Command['type']> = Extract<Command, { type: T }>;
/** The commands that work on the running service and leave the topology to the engine. */
export type OperationCommand = Of<'restart-node' | 'inject-fault' | 'deploy' | 'roll-back'>;
/** The commands that change the topology. */
export type TopologyCommand = Exclude<Command, { type: 'start-operation' } | OperationCommand>;

/** Applies a command to a topology, or says why it cannot be; money is not looked at. */
export function editTopology(
  topology: Topology,
  command: TopologyCommand,
  rules: EditRules,
): EditResult {
  switch (command.type) {
    case 'place-node':
      return place(topology, command.node, [], rules);
    case 'clone-node':
      return clone(topology, command, rules);
    case 'remove-node':
      return remove(topology, command, rules);
    case 'move-node':
      return change(topology, command.id, (node) => move(node, command));
    case 'resize-node':
      return change(topology, command.id, (node) => resize(node, command, rules));
    case 'configure-node':
      return change(topology, command.id, (node) => configure(node, command));
    case 'promote-replica':
      return promote(topology, command);
    case 'connect':
      return connect(topology, command, rules);
    case 'disconnect':
      return disconnect(topology, command);
    case 'configure-link':
      return configureLink(topology, command);
  }
}

/** Why a link may not be drawn; null when it may. */
export function linkRefusal(topology: Topology, link: Link, catalog: Catalog): Refusal | null {
  const key = linkKey(link);
  const from = find(topology, link.from);
  const to = find(topology, link.to);
  if (from === undefined) return refusal('unknown-node', link.from);
  if (to === undefined) return refusal('unknown-node', link.to);
  if (from === to) return refusal('same-node', link.from);
  if (findLink(topology, link.from, link.to) !== undefined) return refusal('duplicate-link', key);
  if (topology.links.length >= MAX_LINKS) return refusal('too-many-links', key, { max: MAX_LINKS });
  const entry = catalog[from.kind];
  if (!entry.linksTo.includes(to.kind)) {
    return refusal('link-not-allowed', key, { from: from.kind, to: to.kind });
  }
  const used = topology.links.filter((l) => l.from === link.from).length;
  if (entry.maxLinks !== null && used >= entry.maxLinks) {
    return refusal('no-connections-left', link.from, { max: entry.maxLinks });
  }
  return null;
}

/** A node's size, null for kinds without sizes. */
export function sizeOf(node: TopologyNode): Size | null {
  return 'size' in node ? node.size : null;
}

/** The catalog's figures for a node's size, null for kinds without sizes. */
export function sizeEntryOf(node: TopologyNode, catalog: Catalog): SizeEntry | null {
  return catalog[node.kind].sizes.find((entry) => entry.size === sizeOf(node)) ?? null;
}

function place(
  topology: Topology,
  node: TopologyNode,
  links: readonly Link[],
  rules: EditRules,
): EditResult {
  if (find(topology, node.id) !== undefined) return refused('duplicate-node', node.id);
  if (topology.nodes.length >= MAX_NODES) {
    return refused('too-many-nodes', node.id, { max: MAX_NODES });
  }
  if (sizeOf(node) === null || !rules.shop.includes(node.kind)) {
    return refused('not-for-sale', node.id, { kind: node.kind });
  }
  const nodes = [...topology.nodes, node];
  const undo: Command[] = [{ type: 'remove-node', id: node.id }];
  return accepted({ nodes, links: [...topology.links, ...links] }, undo);
}

function clone(topology: Topology, command: Of<'clone-node'>, rules: EditRules): EditResult {
  const original = find(topology, command.id);
  if (original === undefined) return refused('unknown-node', command.id);
  const node = { ...original, id: command.newId, position: command.position };
  const links = topology.links.flatMap((link) => [
    ...(link.from === command.id ? [{ ...link, from: command.newId }] : []),
    ...(link.to === command.id && mayHaveAnother(topology, link.from, rules)
      ? [{ ...link, to: command.newId }]
      : []),
  ]);
  if (topology.links.length + links.length > MAX_LINKS) {
    return refused('too-many-links', command.newId, { max: MAX_LINKS });
  }
  return place(topology, node, links, rules);
}

function mayHaveAnother(topology: Topology, from: NodeId, { catalog }: EditRules): boolean {
  const node = find(topology, from);
  const max = node === undefined ? 0 : catalog[node.kind].maxLinks;
  return max === null || topology.links.filter((link) => link.from === from).length < max;
}

function remove(topology: Topology, { id }: Of<'remove-node'>, rules: EditRules): EditResult {
  const node = find(topology, id);
  if (node === undefined) return refused('unknown-node', id);
  if (rules.catalog[node.kind].sizes.length === 0) return refused('not-removable', id);
  const cut = topology.links.filter((link) => link.from === id || link.to === id);
  const links = topology.links.filter((link) => !cut.includes(link));
  const nodes = topology.nodes.filter((other) => other !== node);
  const relink = cut.flatMap(commandsFor);
  const undo: Command[] = rules.shop.includes(node.kind)
    ? [{ type: 'place-node', node }, ...relink]
    : [];
  return accepted({ nodes, links }, undo);
}

type Changed = { readonly node: TopologyNode; readonly undo: Command } | RefusalCode;

function change(
  topology: Topology,
  id: NodeId,
  changeNode: (node: TopologyNode) => Changed,
): EditResult {
  const node = find(topology, id);
  if (node === undefined) return refused('unknown-node', id);
  const changed = changeNode(node);
  if (typeof changed === 'string') return refused(changed, id);
  const nodes = topology.nodes.map((other) => (other === node ? changed.node : other));
  return accepted({ nodes, links: topology.links }, [changed.undo]);
}

function move(node: TopologyNode, { id, position }: Of<'move-node'>): Changed {
  if (node.position.x === position.x && node.position.y === position.y) return 'unchanged';
  return {
    node: { ...node, position },
    undo: { type: 'move-node', id, position: node.position },
  };
}

function resize(node: TopologyNode, { id, size }: Of<'resize-node'>, rules: EditRules): Changed {
  if (!('size' in node) || !rules.catalog[node.kind].sizes.some((s) => s.size === size)) {
    return 'not-resizable';
  }
  if (node.size === size) return 'unchanged';
  return { node: { ...node, size }, undo: { type: 'resize-node', id, size: node.size } };
}

function configure(node: TopologyNode, { id, options }: Of<'configure-node'>): Changed {
  const result = configured(node, options);
  if (typeof result === 'string') return result;
  return { node: result.node, undo: { type: 'configure-node', id, options: result.before } };
}

function promote(topology: Topology, { id }: Of<'promote-replica'>): EditResult {
  const after = promoted(topology, id);
  return typeof after === 'string' ? refused(after, id) : accepted(after, []);
}

function connect(
  topology: Topology,
  { from, to }: Of<'connect'>,
  { catalog }: EditRules,
): EditResult {
  const reason = linkRefusal(topology, { from, to }, catalog);
  if (reason !== null) return { ok: false, refusal: reason };
  return accepted({ nodes: topology.nodes, links: [...topology.links, { from, to }] }, [
    { type: 'disconnect', from, to },
  ]);
}

function disconnect(topology: Topology, { from, to }: Of<'disconnect'>): EditResult {
  const link = findLink(topology, from, to);
  if (link === undefined) return refused('unknown-link', linkKey({ from, to }));
  const links = topology.links.filter((other) => other !== link);
  return accepted({ nodes: topology.nodes, links }, commandsFor(link));
}

function configureLink(
  topology: Topology,
  { from, to, options }: Of<'configure-link'>,
): EditResult {
  const key = linkKey({ from, to });
  const link = findLink(topology, from, to);
  if (link === undefined) return refused('unknown-link', key);
  if (!optionsFit(topology, { from, ...options })) return refused('option-not-supported', key);
  const back = changesBack(link, options);
  if (back === null) return refused('unchanged', key);
  const links = topology.links.map((other) =>
    other === link ? withChanges(link, options) : other,
  );
  return accepted({ nodes: topology.nodes, links }, [
    { type: 'configure-link', from, to, options: back },
  ]);
}

function findLink({ links }: Topology, from: NodeId, to: NodeId): Link | undefined {
  return links.find((link) => link.from === from && link.to === to);
}

function find(topology: Topology, id: NodeId): TopologyNode | undefined {
  return topology.nodes.find((node) => node.id === id);
}

function accepted(topology: Topology, undo: readonly Command[]): EditResult {
  return { ok: true, edit: { topology, undo } };
}

function refusal(
  code: RefusalCode,
  subject: string,
  details?: Readonly<Record<string, string | number>>,
): Refusal {
  return details === undefined ? { code, subject } : { code, subject, details };
}

/** A refusal as the answer to a command. */
export function refused(
  code: RefusalCode,
  subject: string,
  details?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: refusal(code, subject, details) };
}
