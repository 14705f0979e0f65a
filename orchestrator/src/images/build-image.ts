import type { ImageStore } from '../runtimes/image-store.ts';
import { packContext } from './build-context.ts';
import { BuildLog } from './build-log.ts';
import type { ImageDescription } from './describe-images.ts';
import { ImageError } from './image-error.ts';

const BUILD_DEADLINE_MS = 1_200_000;

/** Builds one image. Throws an `ImageError` that names the step and has its last lines. */
export async function buildImage(
  store: ImageStore,
  { image, tag, labels, files }: ImageDescription,
  buildArguments: Readonly<Record<string, string>>,
  doing: (text: string) => void,
): Promise<void> {
  const log = new BuildLog();
  try {
    await store.build(
      packContext(files),
      { tag, labels, buildArguments, deadlineMs: BUILD_DEADLINE_MS },
      (line) => doing(log.add(line)),
    );
  } catch (error) {
    const { message } = error as Error;
    throw new ImageError(image, log.step, message, { lastLines: log.lastLines });
  }
}
