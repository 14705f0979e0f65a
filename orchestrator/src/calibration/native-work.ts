import { pbkdf2Sync } from 'node:crypto';
import { NATIVE_WORK } from '@project-devops/simulation/protocol';

const { password, salt, keyBytes, digest } = NATIVE_WORK;

/** A few milliseconds each: short enough that some are not disturbed, even on a busy machine. */
const TRIAL_ROUNDS = 5_000;
const TRIALS = 80;

/** CPU time of this process so far, in ms. */
export type CpuClock = () => number;

const processCpu: CpuClock = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Rounds of the service's native work in a millisecond of CPU time on this machine: the best of several
 * trials, since whatever disturbs a trial only makes it slower. Takes about half a second.
 */
export function measureRoundsPerMs(cpuMs: CpuClock = processCpu): number {
  let best = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const before = cpuMs();
    pbkdf2Sync(password, salt, TRIAL_ROUNDS, keyBytes, digest);
    const usedMs = cpuMs() - before;
    if (usedMs > 0) best = Math.max(best, TRIAL_ROUNDS / usedMs);
  }
  if (best === 0) throw new Error('the CPU time of this process does not advance');
  return best;
}
