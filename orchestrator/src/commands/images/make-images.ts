import { ensureImages } from '../../images/ensure-images.ts';
import { ImageError } from '../../images/image-error.ts';
import { pruneImages } from '../../images/prune-images.ts';
import { RuntimeError } from '../../runtimes/container-runtime.ts';
import type { ImageStore } from '../../runtimes/image-store.ts';
import { IMAGES, type ImageName } from '../../sandbox/desired.ts';
import type { Terminal } from '../messages.ts';
import { readImagesOrder, USAGE } from './arguments.ts';
import { ProgressLines } from './progress-lines.ts';

export interface ImagesSurroundings {
  /** Made only when it is needed; throws a `RuntimeError` when there can be none. */
  readonly openStore: () => ImageStore;
  readonly signal: AbortSignal;
  readonly print: (text: string) => void;
  readonly terminal: Terminal;
  readonly columns: number;
}

/** The program `images`; answers its exit code: 0, 1 when an image could not be made, 2 for a wrong command line, 130 when it was interrupted. */
export async function makeImages(
  args: readonly string[],
  surroundings: ImagesSurroundings,
): Promise<number> {
  const order = readImagesOrder(args);
  if (order.kind === 'help') {
    surroundings.print(USAGE);
    return 0;
  }
  if (order.kind === 'fault') {
    surroundings.terminal.write(`${order.fault}\n\n${USAGE}`);
    return 2;
  }
  return await make(order.names, surroundings);
}

async function make(
  names: readonly ImageName[],
  { openStore, signal, print, terminal, columns }: ImagesSurroundings,
): Promise<number> {
  const lines = new ProgressLines(terminal, columns);
  try {
    const store = openStore();
    const tags = await ensureImages(store, (progress) => lines.show(progress), { signal, names });
    lines.end();
    for (const tag of Object.values(tags)) print(`${tag}\n`);
    if (names.length < IMAGES.length) return 0;
    for (const tag of await pruneImages(store, tags)) terminal.write(`removed ${tag}\n`);
    return 0;
  } catch (error) {
    lines.end();
    if (signal.aborted) return 130;
    terminal.write(textOf(error));
    return 1;
  }
}

function textOf(error: unknown): string {
  if (error instanceof RuntimeError) return `${error.message}\n`;
  if (!(error instanceof ImageError)) throw error;
  const { message, lastLines, remedy } = error.problem;
  return [
    message,
    ...lastLines.map((line) => `  ${line}`),
    ...(remedy === null ? [] : [remedy]),
    '',
  ].join('\n');
}
