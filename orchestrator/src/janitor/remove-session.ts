import { type Clock, sleep, systemClock } from '../clock.ts';
import {
  type ContainerRuntime,
  type Labels,
  type NetworkState,
  RuntimeError,
} from '../runtimes/container-runtime.ts';
import { hasLabels } from '../runtimes/labels.ts';
import { sessionLabels } from '../sandbox/desired.ts';

export interface RemovalOptions {
  readonly clock?: Clock;
  /** How long it tries before it gives up; 30 s when left out. */
  readonly deadlineMs?: number;
}

/** What was removed. */
export interface Removal {
  readonly containers: number;
  readonly networks: number;
  readonly tookMs: number;
}

const DEADLINE_MS = 30_000;
const PAUSE_MS = 200;

/**
 * Removes a session's containers and then its networks until a listing shows nothing of it, what is made
 * meanwhile included. Nothing without the session's labels is touched. Rejects with the last `RuntimeError`
 * when something is left at the deadline.
 */
export async function removeSession(
  runtime: ContainerRuntime,
  session: string,
  { clock = systemClock, deadlineMs = DEADLINE_MS }: RemovalOptions = {},
): Promise<Removal> {
  const start = clock.now();
  const removed = { containers: new Set<string>(), networks: new Set<string>() };
  for (;;) {
    const failure = await removeOnce(runtime, sessionLabels(session), removed);
    const tookMs = clock.now() - start;
    if (failure === null) {
      return { containers: removed.containers.size, networks: removed.networks.size, tookMs };
    }
    if (tookMs >= deadlineMs) throw failure;
    await sleep(clock, PAUSE_MS);
  }
}

interface Removed {
  readonly containers: Set<string>;
  readonly networks: Set<string>;
}

/** One round; null when a listing after it shows nothing, else why there may be something left. */
async function removeOnce(
  runtime: ContainerRuntime,
  labels: Labels,
  removed: Removed,
): Promise<RuntimeError | null> {
  try {
    await eachInParallel(await ofSession(runtime.listContainers(labels), labels), async (id) => {
      await runtime.removeContainer(id, 0);
      removed.containers.add(id);
    });
    await eachInParallel(await ofSession(runtime.listNetworks(labels), labels), async (id) => {
      await runtime.removeNetwork(id);
      removed.networks.add(id);
    });
    return await whatIsLeft(runtime, labels);
  } catch (error) {
    if (error instanceof RuntimeError) return error;
    throw error;
  }
}

async function whatIsLeft(runtime: ContainerRuntime, labels: Labels) {
  const left = [
    ...(await ofSession(runtime.listContainers(labels), labels)),
    ...(await ofSession(runtime.listNetworks(labels), labels)),
  ];
  const [first] = left;
  if (first === undefined) return null;
  const text = `${left.length} containers and networks of the session are still there, among them ${first.name}. Remove them with "docker rm -f" and "docker network rm".`;
  return new RuntimeError('refused', text, first.name);
}

/** The engine filters by label; what it answers is looked at again all the same, as removing is for good. */
async function ofSession<T extends Pick<NetworkState, 'id' | 'name' | 'labels'>>(
  listing: Promise<readonly T[]>,
  labels: Labels,
): Promise<readonly T[]> {
  return (await listing).filter((found) => hasLabels(found.labels, labels));
}

/** Waits for all of them, then rejects with the first failure. */
async function eachInParallel(
  found: readonly { readonly id: string }[],
  act: (id: string) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled(found.map(({ id }) => act(id)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
