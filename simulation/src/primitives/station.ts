import type { EventQueue } from '../kernel/event-queue.ts';

/** A nanosecond: remainders of work below it come from rounding, and wait for no quota. */
export const ROUNDING_MS = 1e-6;

/** What every station needs from its surroundings. */
export interface StationSurroundings {
  readonly queue: EventQueue;
  /** The event kind that comes back to `onEvent`. */
  readonly eventKind: number;
  /** The station's own number, which the event carries as its first word. */
  readonly index: number;
  /** Takes each job whose burst is done. */
  readonly done: (job: number) => void;
}

/** The CPU limit of a station: how many bursts can run at once, and the quota they share. */
export interface StationLimit {
  /** Servers of a first-come-first-served station; cores of a shared one. */
  readonly parallel: number;
  readonly quotaMs: number;
  readonly periodMs: number;
}

/** Where CPU time is spent. A job is submitted with its demand set and comes back through `done`. */
export interface Station {
  configure(limit: StationLimit, nowMs: number): void;
  submit(job: number, nowMs: number): void;
  /** Takes an event of this station, which carries one word of its own. */
  onEvent(word: number, nowMs: number): void;
  /** CPU time that a job that is here, since `sinceMs`, has had so far: 0 while it stands in line. */
  attainedMs(job: number, sinceMs: number, nowMs: number): number;
  /** CPU time used since the beginning, exact at any instant. */
  usedMs(nowMs: number): number;
  /** Integral of the number of waiting jobs over time since the beginning, in job-milliseconds. */
  waitingArea(nowMs: number): number;
  readonly waiting: number;
  /** How long the first in line has waited; 0 when nobody stands in a line of turns. */
  oldestWaitMs(nowMs: number): number;
}
