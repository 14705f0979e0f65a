import type { Problem, Run, Scenario, Topology } from '@project-devops/simulation/protocol';
import { shallowRef } from 'vue';
import type { OpenedFile } from '../../session/session.ts';
import { useRun } from '../../session/use-run.ts';
import { additionsTo } from './topology-additions.ts';

/** Largest file that is read at all, in bytes. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** What came to the page from outside: a file, a text, or why there is none. */
export type Brought =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  | { readonly kind: 'nothing'; readonly message: string };

export type OpenState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly name: string }
  | { readonly kind: 'refused'; readonly name: string; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'run';
      readonly name: string;
      readonly run: Run;
      readonly sameRuleset: boolean;
    }
  | { readonly kind: 'scenario'; readonly name: string; readonly scenario: Scenario }
  | { readonly kind: 'topology'; readonly name: string; readonly topology: Topology }
  | { readonly kind: 'failed'; readonly message: string };

const toState = (name: string, opened: OpenedFile): OpenState => ({ name, ...opened });

/** Reads a file of the player's, and opens what it holds once the player says so. */
export function useOpenFile(done: () => void) {
  const store = useRun();
  const state = shallowRef<OpenState>({ kind: 'idle' });

  async function readText(name: string, text: string): Promise<void> {
    state.value = { kind: 'reading', name };
    state.value = toState(name, await store.openFile(text));
  }

  async function read(file: File): Promise<void> {
    if (file.size > MAX_FILE_BYTES) {
      const expected = `a file of at most ${MAX_FILE_BYTES / 1024 / 1024} MB`;
      state.value = { kind: 'refused', name: file.name, problems: [{ path: '', expected }] };
      return;
    }
    await readText(file.name, await file.text());
  }

  function take(brought: Brought): Promise<void> {
    if (brought.kind === 'file') return read(brought.file);
    if (brought.kind === 'text') return readText(brought.name, brought.text);
    state.value = { kind: 'failed', message: brought.message };
    return Promise.resolve();
  }

  async function open(act: () => Promise<void>): Promise<void> {
    try {
      await act();
      state.value = { kind: 'idle' };
      done();
    } catch (error) {
      state.value = { kind: 'failed', message: (error as Error).message };
    }
  }

  const openRun = (run: Run, mode: 'continue' | 'watch'): Promise<void> =>
    open(() => store.start({ run, mode }));
  const openScenario = (scenario: Scenario): Promise<void> =>
    open(() => {
      const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
      return store.start({ scenario, seed });
    });

  /** Builds what the topology has and the map has not; stops at the first refusal, which is shown as every refusal. */
  const build = (topology: Topology): Promise<void> =>
    open(async () => {
      const present = store.snapshot?.topology;
      if (!present) return;
      for (const command of additionsTo(present, topology)) {
        if (!(await store.dispatch(command)).ok) return;
      }
    });

  return { state, read, take, openRun, openScenario, build };
}
