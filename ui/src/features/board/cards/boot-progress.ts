import type { NodeId, SimulationEvent } from '@project-devops/simulation/protocol';

const BOOT_EVENTS: readonly SimulationEvent['type'][] = [
  'node-placed',
  'node-restarted',
  'node-resized',
  'replica-promoted',
];

/** When a node last began to start, in milliseconds of play; null when the events do not tell. */
export function bootedAtMs(events: readonly SimulationEvent[], id: NodeId): number | null {
  const event = events.findLast(
    (one) => BOOT_EVENTS.includes(one.type) && 'node' in one && one.node === id,
  );
  return event?.atMs ?? null;
}

/** How far a starting node has come, 0 to 1; null when it is not known. */
export function bootProgress(
  events: readonly SimulationEvent[],
  id: NodeId,
  startupMs: number,
  nowMs: number,
): number | null {
  const since = bootedAtMs(events, id);
  if (since === null || startupMs <= 0) return null;
  return Math.max(0, Math.min(1, (nowMs - since) / startupMs));
}
