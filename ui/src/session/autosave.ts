import type { Run } from '@project-devops/simulation/protocol';

const KEY = 'project-devops/autosave';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Whether a stored value looks like a run; the worker checks it in full before it is played. */
function looksLikeRun(value: unknown): value is Run {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 'project-devops/run@1' &&
    'ruleset' in value &&
    typeof value.ruleset === 'string' &&
    'scenario' in value &&
    typeof value.scenario === 'object' &&
    value.scenario !== null &&
    'title' in value.scenario &&
    'commands' in value &&
    Array.isArray(value.commands) &&
    'endMs' in value &&
    typeof value.endMs === 'number'
  );
}

/** The newest autosave; null when there is none, or none that can be read. */
export function lastAutosave(storage: Store = localStorage): Run | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    return looksLikeRun(value) ? value : null;
  } catch {
    return null;
  }
}

/** Keeps a run as the newest autosave; false when the browser has no room or forbids it (the older one then stays). */
export function writeAutosave(run: Run, storage: Store = localStorage): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(run));
    return true;
  } catch {
    return false;
  }
}

/** Forgets the newest autosave: its stage is over, or the player does not want it. */
export function clearAutosave(storage: Store = localStorage): void {
  try {
    storage.removeItem(KEY);
  } catch {
    // A browser that forbids storage has kept nothing.
  }
}
