import type { RealProblem } from '@project-devops/simulation/protocol';
import { ImageError } from '../images/image-error.ts';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import { NotInContainers } from '../sandbox/kinds/not-in-containers.ts';
import { SandboxError } from './sandbox.ts';

/** Any error as the page shows it. */
export function problemOf(error: unknown): RealProblem {
  if (error instanceof SandboxError || error instanceof ImageError) return error.problem;
  const plain = { remedy: null, lastLines: [] };
  if (error instanceof RuntimeError) {
    return { ...plain, code: error.code, message: error.message, node: error.subject };
  }
  if (error instanceof NotInContainers) {
    const { message, node, remedy } = error;
    return { code: 'not-in-containers', message, node, remedy, lastLines: [] };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { ...plain, code: 'unexpected', message, node: null };
}
