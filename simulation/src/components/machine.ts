import type { Surroundings } from '../execution/component.ts';
import type { Resource } from '../execution/resource.ts';
import type { SizeEntry } from '../protocol/index.ts';

function sizeOf(around: Surroundings): SizeEntry {
  if (around.size === null) throw new Error('a machine without a size');
  return around.size;
}

/** The CPU of a program with one thread a core: first come, first served within the size's quota. */
export function eventLoop(around: Surroundings): Resource {
  const cores = sizeOf(around).cpuMillicores / 1000;
  return { type: 'station', discipline: 'fifo', parallel: Math.max(1, Math.ceil(cores)), cores };
}

/** The CPU of a program with a process a connection: all share the host's cores within the size's quota. */
export function processes(around: Surroundings): Resource {
  const cores = sizeOf(around).cpuMillicores / 1000;
  return { type: 'station', discipline: 'shared', parallel: around.profile.hostCores, cores };
}

/** Requests a server holds at once; the next one is turned away. */
export function backlog(around: Surroundings): Resource {
  return held(around, 'queue-full');
}

/** Connections a data store accepts; the next one is refused. */
export function connections(around: Surroundings): Resource {
  return held(around, 'connection-refused');
}

function held(around: Surroundings, cause: 'queue-full' | 'connection-refused'): Resource {
  const tokens = sizeOf(around).connections;
  return { type: 'pool', tokens, maxWaiting: 0, timeoutMs: null, cause, connections: true };
}
