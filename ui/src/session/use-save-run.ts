import type { Run } from '@project-devops/simulation/protocol';
import { useRun } from './use-run.ts';

/** The name of a run's file. */
export function runFileName(run: Run): string {
  return `project-devops-${run.scenario.id}-${run.seed}.json`;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Saves the open run as a file of the player's. */
export function useSaveRun() {
  const store = useRun();
  return {
    async save(): Promise<void> {
      const run = await store.exportRun();
      download(runFileName(run), `${JSON.stringify(run, null, 1)}\n`);
    },
  };
}
