import type { ImageStore } from '../runtimes/image-store.ts';
import { packContext } from './build-context.ts';
import { BuildLog } from './build-log.ts';
import type { ImageDescription } from './describe-images.ts';
import { ImageError } from './image-error.ts';

export interface BuildImageOptions {
  readonly buildArguments: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

const BUILD_DEADLINE_MS = 1_200_000;

/** Builds one image. Throws an `ImageError` that names the step and has its last lines, or the signal's reason. */
export async function buildImage(
  store: ImageStore,
  { image, tag, labels, files }: ImageDescription,
  { buildArguments, signal }: BuildImageOptions,
  doing: (text: string) => void,
): Promise<void> {
  const log = new BuildLog();
  const spec = { tag, labels, buildArguments, deadlineMs: BUILD_DEADLINE_MS, signal };
  try {
    await store.build(packContext(files), spec, (line) => doing(log.add(line)));
  } catch (error) {
    signal?.throwIfAborted();
    // The lines that follow the engine's own sentence are in the log, too.
    const [reason = ''] = (error as Error).message.split('\n');
    throw new ImageError(image, log.step, reason, { lastLines: log.lastLines });
  }
}
