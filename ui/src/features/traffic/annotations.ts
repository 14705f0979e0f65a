import type { SimulationEvent, Text } from '@project-devops/simulation/protocol';

/** A vertical line in the chart: when, who caused it, and its words. */
export interface Annotation {
  readonly atSeconds: number;
  readonly by: 'player' | 'scenario';
  readonly label: string;
}

interface Words {
  text(text: Text): string;
  /** Words for the end of a wave of traffic. */
  ended(label: string): string;
}

function toAnnotation(event: SimulationEvent, words: Words): Omit<Annotation, 'atSeconds'> | null {
  switch (event.type) {
    case 'traffic-started':
      return { by: 'scenario', label: words.text(event.label) };
    case 'traffic-ended':
      return { by: 'scenario', label: words.ended(words.text(event.label)) };
    case 'node-placed':
      return { by: 'player', label: `+ ${event.node}` };
    case 'node-removed':
      return { by: 'player', label: `− ${event.node}` };
    case 'node-resized':
      return { by: 'player', label: `${event.node} → ${event.to}` };
    case 'node-restarted':
      return { by: 'player', label: `↻ ${event.node}` };
    case 'replica-promoted':
      return { by: 'player', label: `⇧ ${event.node}` };
    default:
      return null;
  }
}

/** Actions closer together than this share one line. */
const TOGETHER_SECONDS = 1;

/** What a chart marks: waves of traffic and the player's purchases once traffic flows; actions at once share a line. */
export function annotationsOf(
  events: readonly SimulationEvent[],
  words: Words,
): readonly Annotation[] {
  const marked: Annotation[] = [];
  for (const event of events) {
    if (event.atMs === 0) continue;
    const found = toAnnotation(event, words);
    if (found === null) continue;
    const atSeconds = event.atMs / 1000;
    const last = marked.at(-1);
    if (last && last.by === found.by && atSeconds - last.atSeconds < TOGETHER_SECONDS) {
      marked[marked.length - 1] = { ...last, label: `${last.label}, ${found.label}` };
    } else {
      marked.push({ atSeconds, ...found });
    }
  }
  return marked;
}
