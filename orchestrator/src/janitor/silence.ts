/** A heartbeat that is silent for so long has lost its owner. */
export const SILENT_AFTER_MS = 12_000;
/** A heartbeat file that is gone may be written anew by the next beat. */
const GONE_AFTER_MS = 5_000;
/** A look that comes so long after the one before means that the janitor itself did not run: the machine slept. */
const OWN_SLEEP_MS = 5_000;

/** How long a heartbeat has been silent, by the janitor's own waking time. */
export interface Silence {
  /** The newest beat seen (Unix ms); null while there is no file. */
  readonly beatMs: number | null;
  readonly silentMs: number;
}

/**
 * What a look at the heartbeat adds. Only changes of the beat count, never the clock's distance to it, and
 * after a sleep of its own the janitor gives the owner, who slept too, a whole new period.
 */
export function listenAgain(
  { beatMs, silentMs }: Silence,
  seenMs: number | null,
  sinceLastLookMs: number,
): Silence {
  const beaten = seenMs !== null && seenMs !== beatMs;
  const slept = sinceLastLookMs >= OWN_SLEEP_MS;
  if (beaten || slept) return { beatMs: seenMs, silentMs: 0 };
  return { beatMs: seenMs, silentMs: silentMs + Math.max(0, sinceLastLookMs) };
}

/** Whether nobody looks after a session any more: its heartbeat has been silent, or its file gone, for too long. */
export function ownerIsGone({ beatMs, silentMs }: Silence): boolean {
  return silentMs >= (beatMs === null ? GONE_AFTER_MS : SILENT_AFTER_MS);
}
