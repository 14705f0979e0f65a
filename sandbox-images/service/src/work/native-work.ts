import { pbkdf2 } from 'node:crypto';

/**
 * The native work that stands for an operation's CPU time: PBKDF2 with these parameters, its amount set
 * by the number of rounds. A calibration that measures rounds per millisecond must use the same.
 */
export const NATIVE_WORK = {
  password: 'project-devops',
  salt: 'sandbox',
  keyBytes: 32,
  digest: 'sha256',
} as const;

/** Does something for `ms` milliseconds of CPU time and calls back. */
export type DoWork = (ms: number, done: () => void) => void;

/** Work on the thread pool of this process. */
export function createNativeWork(roundsPerMs: () => number): DoWork {
  const { password, salt, keyBytes, digest } = NATIVE_WORK;
  return (ms, done) => {
    const rounds = Math.max(1, Math.round(ms * roundsPerMs()));
    pbkdf2(password, salt, rounds, keyBytes, digest, (error) => {
      if (error !== null) throw error;
      done();
    });
  };
}
