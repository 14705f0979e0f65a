import type { ContainerView } from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import { SandboxError } from '../real/sandbox.ts';
import type { ContainerRuntime } from '../runtimes/container-runtime.ts';
import { type Acting, act } from './act.ts';
import type { AppliedConfigurations } from './applied.ts';
import type { Action, Actions, DesiredState } from './desired.ts';
import { cancelled, explain, type Failure, nodeOfAction, summary } from './failure.ts';
import { listPlanned, nodeOf } from './observe.ts';
import { Roster } from './roster.ts';

export interface ApplyOptions {
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly desired: DesiredState;
  readonly applied: AppliedConfigurations;
  readonly signal: AbortSignal;
  /** Called at every change with all containers of the session, k6's left out. */
  readonly onProgress: (views: readonly ContainerView[]) => void;
}

/**
 * Does the actions, batch by batch, and all of them that is possible: what a failure makes pointless is left
 * out. Rejects with a `SandboxError` that tells what failed, or that `signal` cancelled the rest;
 * observing, reconciling and applying again goes on from there.
 */
export async function apply(actions: Actions, options: ApplyOptions): Promise<void> {
  const acting = await begin(options);
  const failures: Failure[] = [];
  for (const [place, batch] of actions.entries()) {
    forgetUntilDone(actions.slice(place), acting);
    if (options.signal.aborted) throw new SandboxError(cancelled());
    const possible = batch.filter((action) => !isPointless(action, failures));
    const failed = await Promise.all(possible.map((action) => attempt(action, acting)));
    failures.push(...failed.filter((failure) => failure !== null));
  }
  if (options.signal.aborted) throw new SandboxError(cancelled());
  const [first, ...others] = failures;
  if (first !== undefined) throw new SandboxError(summary(first, others));
}

async function begin(options: ApplyOptions): Promise<Acting> {
  const roster = new Roster(options.onProgress);
  const ids = new Map<string, string>();
  for (const state of await listPlanned(options.runtime, options.desired.session)) {
    ids.set(nodeOf(state), state.id);
    roster.see(state);
  }
  return { ...options, roster, ids };
}

/** Null when it succeeded. */
async function attempt(action: Action, acting: Acting): Promise<Failure | null> {
  try {
    await act(action, acting);
    return null;
  } catch (error) {
    return { action, problem: await explain(action, error, acting) };
  }
}

/** What is to be configured yet counts as unknown until it is: a call that ends early leaves it to the next. */
function forgetUntilDone(rest: Actions, { applied, ids }: Acting): void {
  for (const action of rest.flat()) {
    const id = action.type === 'configure' ? (action.id ?? ids.get(action.node)) : undefined;
    if (id !== undefined) applied.forget(id);
  }
}

/**
 * Nothing works without the network, nothing more on a container that failed, and no server may go while a
 * balancer may still send to it.
 */
function isPointless(action: Action, failures: readonly Failure[]): boolean {
  return failures.some(
    ({ action: failed, problem }) =>
      failed.type === 'create-network' ||
      (problem.node !== null && problem.node === nodeOfAction(action)) ||
      (failed.type === 'configure' && action.type === 'remove' && action.graceSeconds > 0),
  );
}
