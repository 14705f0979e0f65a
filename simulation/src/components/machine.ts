import type { Surroundings } from '../execution/component.ts';
import type { Resource } from '../execution/resource.ts';
import { type Step, shed, take } from '../execution/step.ts';
import type { NodeOf, SizeEntry } from '../protocol/index.ts';

/** A node that may be asked to shed load. */
export type Shedding = Pick<NodeOf<'vm-basic'>, 'shedding'>;

/** The figures of a node's size, for kinds that have sizes. */
export function sizeOf(around: Surroundings): SizeEntry {
  if (around.size === null) throw new Error('a machine without a size');
  return around.size;
}

/** The CPU of a program with one thread a core: first come, first served within the size's quota. */
export function eventLoop(around: Surroundings): Resource {
  const cpu = cpuOf(around);
  return {
    type: 'station',
    discipline: 'fifo',
    parallel: Math.max(1, Math.ceil(cpu.cores)),
    ...cpu,
  };
}

/** The CPU of a program with a process a connection: all share the host's cores within the size's quota. */
export function processes(around: Surroundings): Resource {
  return {
    type: 'station',
    discipline: 'shared',
    parallel: around.profile.hostCores,
    ...cpuOf(around),
  };
}

/** Of the smallest machine something is left for requests, whatever else it does. */
const MOST_BACKGROUND = 0.9;

function cpuOf(around: Surroundings) {
  const cores = sizeOf(around).cpuMillicores / 1000;
  return { cores, backgroundCores: Math.min(around.backgroundCores, cores * MOST_BACKGROUND) };
}

/** What keeps a machine's line for the CPU short, when it is asked to; see `shed`. */
export function shedding({ shedding: options }: Shedding): Readonly<Record<string, Resource>> {
  return options ? { shedding: { type: 'shedding', ...options } } : {};
}

/** A request's first step on a machine: into the backlog, unless load is shed. */
export function admission({ shedding: options }: Shedding): readonly Step[] {
  return options ? [shed, take('backlog')] : [take('backlog')];
}

/** Requests a server holds at once; the next one is turned away. */
export function backlog(around: Surroundings): Resource {
  return held(around, 'queue-full');
}

/** Connections a data store accepts; the next one is refused. */
export function connections(around: Surroundings): Resource {
  return held(around, 'connection-refused');
}

/** What lets one piece of work at a time through, in the order in which they come. */
export function inOrder(): Resource {
  return {
    type: 'pool',
    tokens: 1,
    maxWaiting: Number.POSITIVE_INFINITY,
    timeoutMs: null,
    cause: 'queue-full',
    connections: false,
  };
}

function held(around: Surroundings, cause: 'queue-full' | 'connection-refused'): Resource {
  const tokens = sizeOf(around).connections;
  return { type: 'pool', tokens, maxWaiting: 0, timeoutMs: null, cause, connections: true };
}
