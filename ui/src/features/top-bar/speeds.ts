import type { Speed } from '@project-devops/simulation/protocol';

export const SPEEDS = [0, 1, 2, 4] as const satisfies readonly Speed[];

/** The next speed up; the fastest stays. */
export function fasterThan(speed: Speed): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + 1] ?? speed;
}

/** The next speed down, at last a pause. */
export function slowerThan(speed: Speed): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) - 1] ?? speed;
}
