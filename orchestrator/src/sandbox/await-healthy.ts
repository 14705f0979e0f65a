import { type Clock, sleep } from '../clock.ts';
import type { ContainerRuntime, ContainerState } from '../runtimes/container-runtime.ts';
import { ContainerFailure, ended } from './container-failure.ts';

const ASK_EVERY_MS = 100;

export interface Awaiting {
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Answers with the container's state once it is healthy (once it runs, for an image without a health check), or
 * null when the wait was cancelled. Rejects with a `ContainerFailure` when it ends, vanishes or takes too long.
 */
export async function awaitHealthy(
  { node, id, timeoutMs }: { node: string; id: string; timeoutMs: number },
  { runtime, clock, signal }: Awaiting,
): Promise<ContainerState | null> {
  const untilMs = clock.now() + timeoutMs;
  while (!signal.aborted) {
    const state = await runtime.inspectContainer(id);
    if (state === null) throw new ContainerFailure('gone', `${node} was removed by somebody.`);
    if (state.phase === 'exited') throw ended(node, state);
    if (state.phase === 'running' && (state.health ?? 'healthy') === 'healthy') return state;
    if (clock.now() >= untilMs) throw tooSlow(node, timeoutMs);
    await sleep(clock, ASK_EVERY_MS, signal);
  }
  return null;
}

function tooSlow(node: string, timeoutMs: number): ContainerFailure {
  return new ContainerFailure(
    'unhealthy',
    `${node} was not healthy within ${timeoutMs / 1_000} s.`,
    {
      remedy:
        'Its own last lines say why; with little CPU time (a large scale) a start takes longer.',
    },
  );
}
