import type { ImageStore } from '../runtimes/image-store.ts';

export interface PullOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onLine: (line: string) => void;
}

/** Without an answer for so long, the registry counts as out of reach. */
const SILENCE_MS = 20_000;

/** Null when the image was pulled, else why it was not. Throws the signal's reason as soon as it is aborted. */
export async function pullRefusal(
  store: ImageStore,
  tag: string,
  { signal, onLine }: PullOptions,
): Promise<string | null> {
  onLine(`pulling ${tag}`);
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([store.pull(tag, SILENCE_MS, onLine), aborted.promise]);
    return null;
  } catch (error) {
    signal?.throwIfAborted();
    return (error as Error).message;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
