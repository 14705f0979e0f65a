import type { ContainerState } from '../runtimes/container-runtime.ts';

/** A step on a container that failed for a reason of the container's own. */
export class ContainerFailure extends Error {
  readonly code: 'exited' | 'out-of-memory' | 'gone' | 'unhealthy' | 'not-configured';
  readonly remedy: string | null;
  /** What the program that failed said; empty when the container's log tells. */
  readonly output: readonly string[];

  constructor(
    code: ContainerFailure['code'],
    message: string,
    { remedy = null, output = [] }: Partial<Pick<ContainerFailure, 'remedy' | 'output'>> = {},
  ) {
    super(message);
    this.name = 'ContainerFailure';
    this.code = code;
    this.remedy = remedy;
    this.output = output;
  }
}

/** A container that ended while it was needed. */
export function ended(node: string, state: ContainerState): ContainerFailure {
  if (state.outOfMemory) {
    return new ContainerFailure(
      'out-of-memory',
      `${node} needed more than its ${state.memoryMiB} MiB of memory and was ended.`,
      { remedy: 'Give the node a larger size.' },
    );
  }
  return new ContainerFailure('exited', `${node} ended with exit code ${state.exitCode ?? '?'}.`);
}
