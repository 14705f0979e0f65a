import type { RealProblem } from '@project-devops/simulation/protocol';

/** An image that could not be made: which, at which step, with the last lines, and what to do. */
export class ImageError extends Error {
  readonly problem: RealProblem;

  constructor(
    image: string,
    step: string,
    reason: string,
    {
      remedy = null,
      lastLines = [],
    }: { remedy?: string | null; lastLines?: readonly string[] } = {},
  ) {
    const message = `The image ${image} could not be made: ${step}: ${reason}`;
    super(message);
    this.name = 'ImageError';
    this.problem = { code: 'image-failed', message, node: null, remedy, lastLines };
  }
}
