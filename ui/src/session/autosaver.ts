import type { Frame, Run, SessionInfo } from '@project-devops/simulation/protocol';
import { clearAutosave, writeAutosave } from './autosave.ts';

const EVERY_MS = 5_000;
const AFTER_ACTION_MS = 400;

interface Ports {
  run(): Promise<Run>;
  write(run: Run): boolean;
  clear(): void;
}

/**
 * Saves a run that is played every few seconds while its time moves, and soon after each action.
 * The save is dropped when the stage ends. A run that is only watched is never saved.
 */
export function createAutosaver(
  run: () => Promise<Run>,
  ports: Omit<Ports, 'run'> = { write: writeAutosave, clear: clearAutosave },
) {
  let plays = false;
  let savedAtMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueMs = Number.POSITIVE_INFINITY;

  function cancel(): void {
    clearTimeout(timer);
    timer = undefined;
    dueMs = Number.POSITIVE_INFINITY;
  }

  async function save(): Promise<void> {
    cancel();
    try {
      const saved = await run();
      if (plays) ports.write(saved);
    } catch {
      // The run was closed meanwhile, or its source died; the session reports that itself.
    }
  }

  function saveIn(ms: number): void {
    const due = Date.now() + ms;
    if (due >= dueMs) return;
    cancel();
    dueMs = due;
    timer = setTimeout(() => void save(), ms);
  }

  return {
    started(info: SessionInfo): void {
      cancel();
      plays = info.readOnly === null;
      savedAtMs = 0;
    },
    saw(frame: Frame): void {
      if (!plays) return;
      if (frame.result !== null) {
        plays = false;
        cancel();
        ports.clear();
      } else if (frame.snapshot.timeMs !== savedAtMs) {
        savedAtMs = frame.snapshot.timeMs;
        saveIn(EVERY_MS);
      }
    },
    acted(): void {
      if (plays) saveIn(AFTER_ACTION_MS);
    },
    close(): void {
      plays = false;
      cancel();
    },
  };
}
