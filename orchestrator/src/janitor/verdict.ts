import type { Evidence } from './evidence.ts';

/** A session whose owner died can be taken over as long as its heartbeat is younger than this. */
export const ADOPTABLE_FOR_MS = 30_000;

export type Verdict =
  /** Somebody plays it. */
  | 'lives'
  /** Its owner has just died: whoever likes may go on with it. */
  | 'adoptable'
  /** Nobody will come back to it. */
  | 'stale'
  /** Silent, but its owner's process is there: perhaps the machine slept. To be looked at again after some beats. */
  | 'asleep'
  /** It runs without a heartbeat in sight: another machine's, perhaps. */
  | 'foreign';

/** What to think of a session, by what can be known of it from outside. */
export function judge(evidence: Evidence): Verdict {
  const { beatAgeMs, holderLives, folderInSight, running } = evidence;
  if (beatAgeMs === null) return folderInSight || !running ? 'stale' : 'foreign';
  const fresh = beatAgeMs < ADOPTABLE_FOR_MS;
  switch (holderLives) {
    case 'yes':
      return fresh ? 'lives' : 'asleep';
    case 'no':
      return fresh ? 'adoptable' : 'stale';
    case 'on-another-machine':
    case 'unknown':
      return fresh ? 'lives' : 'stale';
  }
}
