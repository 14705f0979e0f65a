import type { RealProblem } from '@project-devops/simulation/protocol';
import { type ContainerState, RuntimeError } from '../runtimes/container-runtime.ts';
import type { Acting } from './act.ts';
import { ContainerFailure } from './container-failure.ts';
import type { Action } from './desired.ts';

const LAST_LINES = 20;

/** An action that failed, and why, as the page shows it. */
export interface Failure {
  readonly action: Action;
  readonly problem: RealProblem;
}

/** What an action's error means, with the container's own last lines; the roster shows them too. */
export async function explain(
  action: Action,
  error: unknown,
  { runtime, ids, roster }: Acting,
): Promise<RealProblem> {
  const node = nodeOfAction(action);
  const id = node === null ? undefined : ids.get(node);
  if (node === null || id === undefined) return problemOf(node, error, []);
  // What they tell is a help; that they cannot be had is no failure of its own.
  const state: ContainerState | null = await runtime.inspectContainer(id).catch(() => null);
  const lastLines = await runtime.logs(id, LAST_LINES).catch(() => []);
  if (state !== null) roster.see(state, lastLines);
  return problemOf(node, error, lastLines);
}

function problemOf(node: string | null, error: unknown, lastLines: readonly string[]): RealProblem {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ContainerFailure) {
    const { code, remedy, output } = error;
    return { code, message, node, remedy, lastLines: output.length > 0 ? output : lastLines };
  }
  const code = error instanceof RuntimeError ? error.code : 'unexpected';
  return { code, message, node, remedy: null, lastLines };
}

/** The node that an action is about; null for the network. */
export function nodeOfAction(action: Action): string | null {
  if (action.type === 'create-network') return null;
  return action.type === 'run' ? action.container.node : action.node;
}

/** The first failure stands for all; the others are named. */
export function summary({ problem }: Failure, others: readonly Failure[]): RealProblem {
  if (others.length === 0) return problem;
  const nodes = others.map((other) => other.problem.node ?? 'the network');
  return { ...problem, message: `${problem.message} Failed too: ${nodes.join(', ')}.` };
}

/** What is told of a change that was given up half way. */
export function cancelled(): RealProblem {
  const message = 'The change was cancelled; what was done until then stays.';
  return { code: 'cancelled', message, node: null, remedy: null, lastLines: [] };
}
