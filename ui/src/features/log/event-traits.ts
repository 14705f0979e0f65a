import type { AlertLevel, Department, SimulationEvent } from '@project-devops/simulation/protocol';

export type EventType = SimulationEvent['type'];
export type Tone = 'plain' | 'good' | 'warn' | 'bad';

const ALERT_TONES = {
  critical: 'bad',
  warning: 'warn',
  info: 'plain',
} as const satisfies Record<AlertLevel, Tone>;

/** How grave each type is at most; its order is the order of the list of types that can be muted. */
const EVENT_TONES = {
  'requests-dropped': 'bad',
  'drops-ended': 'good',
  'node-overloaded': 'warn',
  'node-recovered': 'good',
  'error-gauge-passed': 'bad',
  'money-low': 'warn',
  'message-received': 'plain',
  'traffic-started': 'plain',
  'traffic-ended': 'plain',
  'users-reached': 'good',
  'operation-started': 'plain',
  'stage-ended': 'plain',
  'node-placed': 'plain',
  'node-started': 'good',
  'node-resized': 'plain',
  'node-restarted': 'plain',
  'node-removed': 'plain',
  'node-configured': 'plain',
  'node-moved': 'plain',
  'link-connected': 'plain',
  'link-disconnected': 'plain',
  'link-configured': 'plain',
  'replica-promoted': 'warn',
  'fault-began': 'bad',
  'fault-ended': 'good',
  'node-killed': 'bad',
  'data-restored': 'warn',
  'release-offered': 'plain',
  'deployment-began': 'plain',
  'canary-judged': 'plain',
  'deployment-ended': 'plain',
  'alert-raised': 'bad',
  'alert-cleared': 'good',
} as const satisfies Record<EventType, Tone>;

/** How grave an event is. */
export function eventTone(event: SimulationEvent): Tone {
  return event.type === 'alert-raised' ? ALERT_TONES[event.level] : EVENT_TONES[event.type];
}

export const EVENT_TYPES = Object.keys(EVENT_TONES) as readonly EventType[];

/** Types that say only what the player has just done on the board. */
export const MUTED_AT_FIRST: readonly EventType[] = ['node-moved'];

/** Who speaks: the department of a message, the system for everything else. */
export function eventDepartment(event: SimulationEvent): Department {
  return event.type === 'message-received' ? event.department : 'system';
}
