import { stat } from 'node:fs/promises';

/** When the heartbeat last beat, in Unix ms; null when there is none. */
export async function lastBeat(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}
