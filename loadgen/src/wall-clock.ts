/** A monotonic clock may be off the wall clock so far before it is set anew (the machine was suspended, or its clock set). */
const TOLERANCE_MS = 5;

/** Unix milliseconds with fractions: a wall clock of whole milliseconds, refined by a monotonic one. */
export function createWallClock(wallMs: () => number, elapsedMs: () => number): () => number {
  let offsetMs = wallMs() - elapsedMs();
  return () => {
    const elapsed = elapsedMs();
    const wall = wallMs();
    if (Math.abs(wall - offsetMs - elapsed) > TOLERANCE_MS) offsetMs = wall - elapsed;
    return offsetMs + elapsed;
  };
}
