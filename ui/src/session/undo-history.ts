import type { Command } from '@project-devops/simulation/protocol';
import { computed, shallowRef } from 'vue';

/** An accepted command and the commands that take it back. */
interface Step {
  readonly command: Command;
  readonly undo: readonly Command[];
}

const DEEPEST = 200;

/** What can be taken back and what can be done again, newest last. */
export function createUndoHistory() {
  const done = shallowRef<readonly Step[]>([]);
  const undone = shallowRef<readonly Command[]>([]);

  const push = (step: Step): void => {
    if (step.undo.length > 0) done.value = [...done.value, step].slice(-DEEPEST);
  };

  return {
    canUndo: computed(() => done.value.length > 0),
    canRedo: computed(() => undone.value.length > 0),
    /** The player did something new: what was undone before is gone. */
    did(step: Step): void {
      undone.value = [];
      push(step);
    },
    /** Takes the newest step off; call `undid` once its commands are accepted. */
    takeUndo(): Step | undefined {
      const step = done.value.at(-1);
      done.value = done.value.slice(0, -1);
      return step;
    },
    undid(command: Command): void {
      undone.value = [...undone.value, command];
    },
    /** Takes the newest undone command off; call `redid` once it is accepted. */
    takeRedo(): Command | undefined {
      const command = undone.value.at(-1);
      undone.value = undone.value.slice(0, -1);
      return command;
    },
    redid: push,
    clear(): void {
      done.value = [];
      undone.value = [];
    },
  };
}
