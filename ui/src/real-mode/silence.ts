import type { RealState } from '@project-devops/simulation/protocol';

/** Measured windows come a few seconds late; older than this they are missing. */
const LATE_MS = 8_000;

/** For how long nothing has been measured, in ms; null while windows come, or while no load flows. */
export function silenceMs(state: Extract<RealState, { phase: 'running' }>): number | null {
  const { load, measuredAgeMs } = state;
  return load !== null && measuredAgeMs !== null && measuredAgeMs > LATE_MS ? measuredAgeMs : null;
}
