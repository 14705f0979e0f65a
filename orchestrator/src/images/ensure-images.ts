import { join } from 'node:path';
import type { ImageProgress } from '@project-devops/simulation/protocol';
import { type Clock, systemClock } from '../clock.ts';
import type { ImageStore } from '../runtimes/image-store.ts';
import { IMAGES, type ImageName, type ImageTags, OURS } from '../sandbox/desired.ts';
import { architectureOf } from './architecture.ts';
import { ensureBase } from './base-image.ts';
import { buildImage } from './build-image.ts';
import { takeLock } from './build-lock.ts';
import { describeImages, type ImageDescription, tagsOf } from './describe-images.ts';
import { ProgramError } from './host-program.ts';
import { ImageError } from './image-error.ts';
import { ensureK6 } from './k6-program.ts';
import { fetchNode, nodeProgram } from './node-program.ts';
import { PLACES, type Places } from './places.ts';
import { ProgressBoard } from './progress-board.ts';
import { readVersions, type Versions } from './versions.ts';

export interface EnsureOptions {
  /** Ends the work before its next step, and the programs that run on this machine at once. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly places?: Places;
  /** Only these. */
  readonly names?: readonly ImageName[];
}

interface Work {
  readonly store: ImageStore;
  readonly places: Places;
  readonly versions: Versions;
  readonly signal: AbortSignal | undefined;
}

/** The image that all others begin with, as progress and outlook call it. */
export const BASE = 'base';

/**
 * Provides the images of this checkout and answers their tags. Builds what is missing, one after the other;
 * a second caller, in this process or another, waits for the first. Throws an `ImageError`, a `RuntimeError`
 * when the engine cannot be asked, or the signal's reason.
 */
export async function ensureImages(
  store: ImageStore,
  onProgress: (progress: readonly ImageProgress[]) => void,
  { signal, clock = systemClock, places = PLACES, names = IMAGES }: EnsureOptions = {},
): Promise<ImageTags> {
  const descriptions = await describeImages(names, places);
  const isThere = await presentTags(store);
  if (descriptions.every(({ tag }) => isThere.has(tag))) return tagsOf(descriptions);
  using board = new ProgressBoard([BASE, ...names], clock, onProgress);
  const doing = board.begin(BASE);
  using _ = await takeLock(join(places.cache, 'images.lock'), {
    clock,
    signal,
    onWait: () => doing('waiting: another process is making images'),
  });
  const versions = await readVersions(places);
  await ensureBase(store, versions, places, { signal, onLine: doing });
  board.finish(BASE);
  await makeMissing(descriptions, { store, places, versions, signal }, board);
  return tagsOf(descriptions);
}

/** Tags of the images that are ours. */
export async function presentTags(store: ImageStore): Promise<ReadonlySet<string>> {
  return new Set((await store.list(OURS)).map(({ tag }) => tag));
}

async function makeMissing(
  descriptions: readonly ImageDescription[],
  work: Work,
  board: ProgressBoard,
): Promise<void> {
  const present = await presentTags(work.store);
  for (const description of descriptions) {
    const doing = board.begin(description.image);
    if (!present.has(description.tag)) {
      work.signal?.throwIfAborted();
      const buildArguments = await provideParts(description.image, work, doing);
      await buildImage(work.store, description, { buildArguments, signal: work.signal }, doing);
    }
    board.finish(description.image);
  }
}

/** Brings what the image is made of to this machine; answers the build's arguments. */
async function provideParts(
  image: ImageName,
  { store, places, versions, signal }: Work,
  onLine: (line: string) => void,
): Promise<Readonly<Record<string, string>>> {
  const architecture = architectureOf();
  if (image === 'k6') {
    return { K6_IMAGE: await ensureK6(store, versions, places, architecture, { signal, onLine }) };
  }
  if (image !== 'service') return {};
  const location = nodeProgram(places, versions.node, architecture);
  try {
    await fetchNode(location, versions.node, architecture, { signal, onLine });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const { message, lastLines } = error;
    throw new ImageError(image, `fetching Node ${versions.node} for Linux`, message, { lastLines });
  }
  return {};
}
