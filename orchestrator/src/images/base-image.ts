import type { ImageStore } from '../runtimes/image-store.ts';
import { withDebianRoot } from './debian-root.ts';
import { ProgramError } from './host-program.ts';
import { ImageError } from './image-error.ts';
import type { Places } from './places.ts';
import { type PullOptions, pullRefusal } from './pull-image.ts';
import type { Versions } from './versions.ts';

const IMPORT_DEADLINE_MS = 300_000;
const IMPORT_CHANGES = [
  'CMD ["bash"]',
  'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
];

/** Provides the image that all others begin with: present, pulled, or made with debootstrap. Throws an `ImageError`. */
export async function ensureBase(
  store: ImageStore,
  { base }: Versions,
  { cache }: Places,
  { signal, onLine }: PullOptions,
): Promise<void> {
  if ((await store.find(base.image)) !== null) return;
  const refusal = await pullRefusal(store, base.image, { signal, onLine });
  if (refusal === null) return;
  onLine('cannot be pulled here; making it with debootstrap');
  try {
    await withDebianRoot(base.suite, cache, { signal, onLine }, (tar) =>
      store.importRoot(tar, {
        tag: base.image,
        changes: IMPORT_CHANGES,
        deadlineMs: IMPORT_DEADLINE_MS,
      }),
    );
  } catch (error) {
    signal?.throwIfAborted();
    throw failure(base.image, refusal, error);
  }
}

function failure(image: string, refusal: string, error: unknown): ImageError {
  const reason = (error as Error).message;
  const lastLines = error instanceof ProgramError ? error.lastLines : [];
  const remedy = `Let Docker reach its registry ("docker pull ${image}" should work), or install debootstrap ("sudo apt-get install debootstrap") and start this as root.`;
  return new ImageError(
    image,
    'making it with debootstrap',
    `${reason}. It could not be pulled either: ${refusal}`,
    {
      remedy,
      lastLines,
    },
  );
}
