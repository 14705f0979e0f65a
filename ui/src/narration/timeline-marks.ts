import type { SimulationEvent } from '@project-devops/simulation/protocol';

/** What a mark on the run's time is about. */
export type MarkKind = 'action' | 'traffic' | 'failure';

/** A shape for each kind beside its colour, in a square of 8. */
export const MARK_SHAPES: Readonly<Record<MarkKind, string>> = {
  action: 'M4 0 8 8H0z',
  traffic: 'M4 0 8 4 4 8 0 4z',
  failure: 'M0 0h8v8H0z',
};

/** Events of one kind that fell into the same second. */
export interface TimelineMark {
  readonly atMs: number;
  readonly kind: MarkKind;
  readonly events: readonly SimulationEvent[];
}

const KINDS = {
  'operation-started': null,
  'node-placed': 'action',
  'node-started': null,
  'node-restarted': 'action',
  'node-removed': 'action',
  'node-moved': null,
  'node-configured': 'action',
  'node-resized': 'action',
  'link-connected': 'action',
  'link-disconnected': 'action',
  'link-configured': 'action',
  'replica-promoted': 'action',
  'message-received': 'traffic',
  'traffic-started': 'traffic',
  'traffic-ended': null,
  'requests-dropped': 'failure',
  'drops-ended': null,
  'node-overloaded': 'failure',
  'node-recovered': null,
  'users-reached': null,
  'money-low': null,
  'error-gauge-passed': 'failure',
  'stage-ended': null,
  'fault-began': 'failure',
  'fault-ended': null,
  'node-killed': 'failure',
  'data-restored': 'failure',
  'release-offered': null,
  'deployment-began': 'action',
  'canary-judged': null,
  'deployment-ended': null,
  'alert-raised': null,
  'alert-cleared': null,
} as const satisfies Record<SimulationEvent['type'], MarkKind | null>;

const second = (atMs: number) => Math.floor(atMs / 1000);

/** The marks of a run in order of time; what was built before the start is not marked. */
export function timelineMarks(events: readonly SimulationEvent[]): TimelineMark[] {
  const marks: { atMs: number; kind: MarkKind; events: SimulationEvent[] }[] = [];
  const open = new Map<MarkKind, (typeof marks)[number]>();
  for (const event of events) {
    const kind = KINDS[event.type];
    if (kind === null || event.atMs === 0) continue;
    const last = open.get(kind);
    if (last && second(last.atMs) === second(event.atMs)) {
      last.events.push(event);
      continue;
    }
    const mark = { atMs: event.atMs, kind, events: [event] };
    open.set(kind, mark);
    marks.push(mark);
  }
  return marks;
}
