import {
  DATA_KINDS,
  type Drill,
  type FaultKind,
  type LinkKey,
  linkKey,
  type TopologyNode,
  zoneOf,
} from '../protocol/index.ts';

/** What a restart by the player puts right: it is the program that is out of order, not what is around it. */
const REPAIRED_BY_RESTART = ['crash', 'slow', 'leak'] as const satisfies readonly FaultKind[];
const HOLDING_DOWN = [
  'crash',
  'zone-loss',
  'spot-interruption',
] as const satisfies readonly FaultKind[];

/** Whether a restart of what it strikes ends the fault before its time. */
export function repairedByRestart({ kind }: Drill): boolean {
  return (REPAIRED_BY_RESTART as readonly FaultKind[]).includes(kind);
}

/** Whether the fault keeps from running what it strikes, for as long as it lasts; lost disks only until the data is back. */
export function holdsDown({ kind }: Drill): boolean {
  return (HOLDING_DOWN as readonly FaultKind[]).includes(kind);
}

/** Whether a fault is one of this node itself; never of the clients, who are out of reach. */
export function strikes(fault: Drill, node: TopologyNode): boolean {
  if (node.kind === 'clients') return false;
  if (fault.kind === 'spot-interruption' && node.purchase !== 'spot') return false;
  if (fault.kind === 'disk-loss' && !DATA_KINDS.includes(node.kind)) return false;
  const { target } = fault;
  if ('node' in target) return target.node === node.id;
  if ('zone' in target) return target.zone === zoneOf(node);
  return 'nodes' in target && target.nodes.includes(node.id);
}

/** Share of a link's packets that is lost to faults, each taking its share of what the others leave. */
export function lossOver(link: LinkKey, faults: readonly Drill[]): number {
  let passing = 1;
  for (const fault of faults) passing *= 1 - lossBy(fault, link);
  return 1 - passing;
}

function lossBy(fault: Drill, link: LinkKey): number {
  if (fault.kind === 'loss') return linkKey(fault.target.link) === link ? fault.ratio : 0;
  if (fault.kind !== 'partition') return 0;
  const { target } = fault;
  if ('link' in target) return linkKey(target.link) === link ? 1 : 0;
  const [from = '', to = ''] = link.split('>');
  return target.nodes.includes(from) === target.nodes.includes(to) ? 0 : 1;
}
