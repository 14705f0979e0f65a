import type { Command, NodeId, Position, Refusal } from '@project-devops/simulation/protocol';
import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useRefusalWords } from '../../../building/use-refusal-words.ts';
import { useRun } from '../../../session/use-run.ts';

const TOAST_MS = 8_000;

/** Where on the board a command was meant to act; null when it has no place. */
function placeOf(command: Command, positionOf: (id: NodeId) => Position | null): Position | null {
  switch (command.type) {
    case 'place-node':
      return command.node.position;
    case 'start-operation':
    case 'roll-back':
      return null;
    case 'inject-fault': {
      const { target } = command.fault;
      return 'node' in target ? positionOf(target.node) : null;
    }
    case 'deploy':
      return positionOf(command.nodes[0] ?? '');
    case 'connect':
    case 'disconnect':
    case 'configure-link':
      return positionOf(command.to) ?? positionOf(command.from);
    default:
      return positionOf(command.id);
  }
}

/** What came of the player's own actions: a sentence for the live region, and a note beside what was refused. */
export function useOwnNews(positionOf: (id: NodeId) => Position | null) {
  const run = useRun();
  const refusalWords = useRefusalWords();
  const said = ref('');
  const toast = shallowRef<{ readonly text: string; readonly at: Position } | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function dismiss(): void {
    clearTimeout(timer);
    toast.value = null;
  }

  function tell(text: string, at: Position | null): void {
    said.value = text;
    dismiss();
    if (!at) return;
    toast.value = { text, at };
    timer = setTimeout(dismiss, TOAST_MS);
  }

  const show = (refusal: Refusal, at: Position | null): void => tell(refusalWords(refusal), at);

  watch(
    () => run.lastRefusal,
    (last) => {
      if (last) show(last.refusal, placeOf(last.command, positionOf));
      else dismiss();
    },
  );
  onScopeDispose(() => clearTimeout(timer));

  return {
    said,
    toast,
    dismiss,
    /** Puts a sentence into the live region. */
    say: (text: string): void => {
      said.value = text;
    },
    /** Says something and notes it beside a place of the board. */
    tell,
    /** Tells a refusal that was known without asking the engine. */
    show,
  };
}
