import { NODE_SCHEMAS, parse, type TopologyNode } from '../protocol/index.ts';

type Options = Readonly<Record<string, unknown>>;

/** A node with other options, and the options it had; or why it cannot have them. */
export type Configured =
  | { readonly node: TopologyNode; readonly before: Options }
  | 'option-not-supported'
  | 'unchanged';

/** Sets options of a node's kind. One that the node does not state has its schema's default. */
export function configured(node: TopologyNode, options: Options): Configured {
  const names = Object.keys(options);
  const before = Object.fromEntries(names.map((name) => [name, optionOf(node, name)]));
  const after = { ...node, ...options } as TopologyNode;
  if (names.length === 0 || !parse(NODE_SCHEMAS[node.kind], after).ok)
    return 'option-not-supported';
  if (names.every((name) => isSame(before[name], options[name]))) return 'unchanged';
  return { node: after, before };
}

function optionOf(node: TopologyNode, name: string): unknown {
  const stated: Options = { ...node };
  const { properties }: { properties: Readonly<Record<string, object>> } = NODE_SCHEMAS[node.kind];
  return stated[name] ?? (properties[name] as { default?: unknown } | undefined)?.default;
}

/** Options are small plain data; one with its members in another order counts as changed. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
