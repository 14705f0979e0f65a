import type { Run, SessionInfo } from '@project-devops/simulation/protocol';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useRun } from './use-run.ts';

/** Watching a run that was just played, and going back to where one came from. */
export const useReplay = defineStore('replay', () => {
  const run = useRun();
  /** The finished run whose debrief was left to watch it, and the session that shows it. */
  const origin = shallowRef<{ readonly run: Run; readonly info: SessionInfo | null } | null>(null);

  const cameFromDebrief = (): boolean =>
    origin.value !== null && origin.value.info !== null && origin.value.info === run.info;

  /** Plays a finished run from an instant on; `leave` leads back to its debrief. */
  async function watch(played: Run, fromMs = 0): Promise<void> {
    await run.start({ run: played, mode: 'watch' });
    origin.value = { run: played, info: run.info };
    if (fromMs > 0) await run.seek(fromMs);
    run.setSpeed(1);
  }

  /** Back to the debrief of the run that is watched, or home when it was opened from a file. */
  async function leave(): Promise<void> {
    const back = cameFromDebrief() ? origin.value : null;
    origin.value = null;
    if (back) await run.start({ run: back.run, mode: 'continue' });
    else run.leave();
  }

  return { watch, leave, cameFromDebrief };
});
