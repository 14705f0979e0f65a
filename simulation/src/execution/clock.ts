/** The present instant of a run, which its parts share. */
export class Clock {
  nowMs = 0;
}
