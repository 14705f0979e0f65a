import type { Result } from '@project-devops/simulation/protocol';
import { shallowRef } from 'vue';
import { useRun } from '../../../session/use-run.ts';
import { type CounterfactualChange, counterfactualChange } from './counterfactual-change.ts';

/** How far the answer to "what if I had not?" is. */
export type CounterfactualState =
  | { readonly kind: 'replaying' }
  | { readonly kind: 'answered'; readonly change: CounterfactualChange }
  | { readonly kind: 'failed'; readonly message: string };

/** Answers "what if I had not?" for actions by their place in the log, each at most once. */
export function useCounterfactuals(result: () => Result | null) {
  const run = useRun();
  const answers = shallowRef<ReadonlyMap<number, CounterfactualState>>(new Map());

  function set(index: number, state: CounterfactualState): void {
    answers.value = new Map(answers.value).set(index, state);
  }

  async function ask(index: number): Promise<void> {
    const played = result();
    const kind = answers.value.get(index)?.kind;
    if (played === null || kind === 'replaying' || kind === 'answered') return;
    set(index, { kind: 'replaying' });
    try {
      const other = await run.without(index);
      set(index, { kind: 'answered', change: counterfactualChange(played, other) });
    } catch (error) {
      set(index, {
        kind: 'failed',
        message: error instanceof Error ? error.message : String(error),
      });
    }
  }

  return { answers, ask };
}
