import {
  DATA_KINDS,
  type Drill,
  linkKey,
  type NodeId,
  type NodeKind,
  type Problem,
  type Refusal,
  type Scenario,
  type Topology,
} from '../protocol/index.ts';

/** Kinds whose writes need room on a disk. */
const DISK_KINDS: readonly NodeKind[] = ['sql-primary', 'nosql', 'queue'];

/** A fault that could not strike anything: where in it, and what was expected there. */
interface Misfit extends Problem {
  /** The refusal of a drill with this misfit. */
  readonly code: Refusal['code'];
  readonly subject: string;
}

/** What the schema cannot say about a scenario's faults: names that lead nowhere or are taken. */
export function faultProblems({ faults = [], topology }: Scenario): Problem[] {
  return faults.flatMap((fault, i) => {
    const path = `/faults/${i}`;
    const isTaken = faults.findIndex((other) => other.id === fault.id) < i;
    const misfit = misfitOf(fault, topology);
    return [
      ...(isTaken
        ? [{ path: `${path}/id`, expected: `an id that no other fault has: ${fault.id}` }]
        : []),
      ...(misfit === null ? [] : [{ path: `${path}${misfit.path}`, expected: misfit.expected }]),
    ];
  });
}

/** Why a drill cannot be held; null when it can. `isTaken`: whether the run has had a fault of this name. */
export function drillRefusal(
  fault: Drill,
  { topology, drills, isTaken }: { topology: Topology; drills: boolean; isTaken: boolean },
): Refusal | null {
  if (!drills) return { code: 'drills-not-allowed', subject: fault.id };
  if (isTaken) return { code: 'duplicate-fault', subject: fault.id };
  const misfit = misfitOf(fault, topology);
  return misfit === null ? null : { code: misfit.code, subject: misfit.subject };
}

function misfitOf(fault: Drill, topology: Topology): Misfit | null {
  if (fault.kind === 'leak' && fault.mibPerRequest === 0 && fault.mibPerSecond === 0) {
    const expected = 'a number above zero, here or as mibPerSecond';
    return { code: 'fault-does-not-fit', subject: fault.id, path: '/mibPerRequest', expected };
  }
  const { target } = fault;
  if ('node' in target) return nodeMisfit(fault, target.node, topology);
  if ('link' in target) return linkMisfit(target.link, topology);
  if ('zone' in target) return null;
  const ids = topology.nodes.map((node) => node.id);
  const unknown = target.nodes.find((id) => !ids.includes(id));
  if (unknown === undefined) return null;
  return unknownNode(unknown, `/target/nodes/${target.nodes.indexOf(unknown)}`);
}

function nodeMisfit({ kind }: Drill, id: NodeId, topology: Topology): Misfit | null {
  const path = '/target/node';
  const node = topology.nodes.find((other) => other.id === id);
  if (node === undefined) return unknownNode(id, path);
  const misfit = { code: 'fault-does-not-fit', subject: id, path } as const;
  if (node.kind === 'clients') {
    return { ...misfit, expected: 'a node other than the clients, which nothing strikes' };
  }
  if (kind === 'spot-interruption' && node.purchase !== 'spot') {
    return { ...misfit, expected: `a node whose purchase is spot (${id} is not)` };
  }
  if (kind === 'full-disk' && !DISK_KINDS.includes(node.kind)) {
    const kinds = DISK_KINDS.join(', ');
    return { ...misfit, expected: `a node that writes to a disk (${kinds}); ${id} does not` };
  }
  if (kind === 'disk-loss' && !DATA_KINDS.includes(node.kind)) {
    const kinds = DATA_KINDS.join(', ');
    return { ...misfit, expected: `a node that keeps data on disks (${kinds}); ${id} does not` };
  }
  return null;
}

function unknownNode(id: NodeId, path: string): Misfit {
  return {
    code: 'unknown-node',
    subject: id,
    path,
    expected: `a node of the topology (there is no ${id})`,
  };
}

function linkMisfit(link: { from: NodeId; to: NodeId }, { links }: Topology): Misfit | null {
  const key = linkKey(link);
  if (links.some((other) => linkKey(other) === key)) return null;
  const expected = `a link of the topology (there is none from ${link.from} to ${link.to})`;
  return { code: 'unknown-link', subject: key, path: '/target/link', expected };
}
