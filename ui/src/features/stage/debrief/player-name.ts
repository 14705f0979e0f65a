import type { TextStorage } from '../home/best-results.ts';

const STORAGE_KEY = 'project-devops/player-name';

/** The name the player gave last; empty when there is none or storage is forbidden. */
export function readPlayerName(storage: TextStorage): string {
  try {
    return storage.getItem(STORAGE_KEY) ?? '';
  } catch {
    return '';
  }
}

/** Keeps the name for the next time, where storage is allowed. */
export function writePlayerName(storage: TextStorage, name: string): void {
  try {
    storage.setItem(STORAGE_KEY, name);
  } catch {
    // The name is asked for again.
  }
}
