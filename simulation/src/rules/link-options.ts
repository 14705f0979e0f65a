import type { Command, Link, LinkChanges, Topology } from '../protocol/index.ts';

type OptionName = keyof LinkChanges;

/** A link with options set and, where a change is null, taken away. */
export function withChanges(link: Link, changes: LinkChanges): Link {
  const options = Object.entries({ ...optionsOf(link), ...changes });
  const { from, to } = link;
  return { from, to, ...Object.fromEntries(options.filter(([, value]) => value !== null)) };
}

/** The changes that take `changes` to a link back; null when they would leave it as it is. */
export function changesBack(link: Link, changes: LinkChanges): LinkChanges | null {
  const names = Object.keys(changes) as OptionName[];
  const differ = (name: OptionName) =>
    JSON.stringify(link[name] ?? null) !== JSON.stringify(changes[name]);
  if (!names.some(differ)) return null;
  return Object.fromEntries(names.map((name) => [name, link[name] ?? null]));
}

/** The commands that draw a link as it is, with its options. */
export function commandsFor(link: Link): Command[] {
  const { from, to } = link;
  const options = optionsOf(link);
  const draw: Command = { type: 'connect', from, to };
  if (Object.keys(options).length === 0) return [draw];
  return [draw, { type: 'configure-link', from, to, options }];
}

/** Whether a link may say what it says: only a load balancer weighs its links. */
export function optionsFit({ nodes }: Topology, link: Pick<Link, 'from'> & LinkChanges): boolean {
  if (link.weight === undefined || link.weight === null) return true;
  return nodes.find(({ id }) => id === link.from)?.kind === 'load-balancer';
}

function optionsOf({ from: _from, to: _to, ...options }: Link): LinkChanges {
  return options;
}
