import type { SimulationEvent } from '@project-devops/simulation/protocol';
import { eventSentence } from './event-sentence.ts';
import { useWords } from './use-words.ts';

/** Says events in the present language. */
export function useEventWords(): (events: readonly SimulationEvent[]) => string {
  const words = useWords();
  return (events) => events.map((event) => eventSentence(event, words.value)).join(' ');
}
