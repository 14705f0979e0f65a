import type { TextStorage } from '../home/best-results.ts';

const STORAGE_KEY = 'project-devops/tutorial';

/** Whether the tutorial speaks; it stays quiet in this browser once it was skipped or finished. */
export type TutorialState = 'on' | 'skipped' | 'finished';

/** The state kept in this browser; on when there is none or storage is forbidden. */
export function readTutorialState(storage: TextStorage): TutorialState {
  try {
    const kept = storage.getItem(STORAGE_KEY);
    return kept === 'skipped' || kept === 'finished' ? kept : 'on';
  } catch {
    return 'on';
  }
}

/** Keeps the state; where storage is forbidden it lasts until the page is closed. */
export function writeTutorialState(storage: TextStorage, state: TutorialState): void {
  try {
    storage.setItem(STORAGE_KEY, state);
  } catch {
    // The state stays in force on this page.
  }
}
