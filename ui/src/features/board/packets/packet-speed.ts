import type { Speed } from '@project-devops/simulation/protocol';

const FASTEST = 260;
const SLOWEST = 45;
const REFERENCE_MS = 10;
const REFERENCE_SPEED = 220;
/** Speed of packets on links that answered nothing yet. */
const UNKNOWN_SPEED = 110;

/**
 * How fast a packet moves along a link, in board units a second: four times the latency is half
 * the speed, between bounds that the eye can follow. `meanMs` is null when no call was answered.
 */
export function packetSpeed(meanMs: number | null): number {
  if (meanMs === null) return UNKNOWN_SPEED;
  const speed = REFERENCE_SPEED * Math.sqrt(REFERENCE_MS / Math.max(meanMs, 0.1));
  return Math.max(SLOWEST, Math.min(FASTEST, speed));
}

/** How much faster packets move when the game does; less than the game, so that they stay readable. */
export function motionFactor(speed: Speed): number {
  return Math.sqrt(speed);
}
