import { pbkdf2 } from 'node:crypto';
import { NATIVE_WORK } from '@project-devops/simulation/protocol';

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
