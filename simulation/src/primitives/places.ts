import type { StateHash } from '../kernel/state-hash.ts';

/** Mean numbers of a window: what is up (serving or kept ready) and what is starting; `started` counts starts. */
export interface InstanceFigures {
  readonly running: number;
  readonly starting: number;
  /** Most there may be. */
  readonly limit: number;
  readonly started: number;
}

/** Something a job is given one of, by number, or refused; nobody stands in line for it. */
export interface Places {
  /** The number of the job's place, which `release` takes back; -1 when it gets none. */
  occupy(job: number, nowMs: number): number;
  /** Whether the place given last was there already, and had not to be made for the job. */
  readonly wasThere: boolean;
  release(place: number, nowMs: number): void;
  /** The node has gone down: what was kept for later jobs is gone; places in use end with their jobs. */
  clear(nowMs: number): void;
  /** Most that was used at once since the last call, and how much can be. */
  takeMostUsed(nowMs: number): number;
  readonly tokens: number;
  /** The window's means, which begins a new window; null where there are no instances. */
  takeInstances(nowMs: number): InstanceFigures | null;
  mixInto(hash: StateHash): void;
}
