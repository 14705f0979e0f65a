import { RuntimeError } from '../runtimes/container-runtime.ts';
import type { ImageStore } from '../runtimes/image-store.ts';
import { IMAGES, type ImageTags, OURS } from '../sandbox/desired.ts';

/** As `describeImages` names them; tags that a person gave are left alone. */
const NAMED_BY_US = new RegExp(`^project-devops/(${IMAGES.join('|')}):[0-9a-f]{12}$`);

/** Removes the images of ours that `keep` does not name; those that a container uses stay. Answers the tags that went. */
export async function pruneImages(
  store: ImageStore,
  keep: Partial<ImageTags>,
): Promise<readonly string[]> {
  const kept = new Set(Object.values(keep));
  const removed: string[] = [];
  for (const { tag } of await store.list(OURS)) {
    if (!NAMED_BY_US.test(tag) || kept.has(tag)) continue;
    if (await removeUnused(store, tag)) removed.push(tag);
  }
  return removed;
}

async function removeUnused(store: ImageStore, tag: string): Promise<boolean> {
  try {
    await store.remove(tag);
    return true;
  } catch (error) {
    if (error instanceof RuntimeError && error.code === 'conflict') return false;
    throw error;
  }
}
