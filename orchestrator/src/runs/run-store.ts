import type { Ending, Rank, Run, Text } from '@project-devops/simulation/protocol';

/** What playing a run again came to, when its stage had ended. */
export interface Outcome {
  readonly ending: Ending;
  readonly rank: Rank;
  /** 0 to 100. */
  readonly points: number;
  /** Requests served. */
  readonly served: number;
  readonly maxThroughputPerSecond: number;
  readonly maxUsers: number;
  readonly uptimeRatio: number;
}

/** What the server itself knows of a run. */
export type Verification =
  /** Played again here to the same state; the outcome is null when the stage was not over. */
  | { readonly state: 'verified'; readonly outcome: Outcome | null }
  /** Kept as it was sent, to be read only: it was played under rules that this server does not have. */
  | { readonly state: 'unverified'; readonly reason: 'other-ruleset' };

/** A stored run without its commands. */
export interface RunSummary {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly savedAtMs: number;
  readonly player: string | null;
  readonly scenarioId: string;
  readonly scenarioHash: string;
  readonly title: Text;
  readonly seed: number;
  readonly ruleset: string;
  /** How far it was played. */
  readonly endMs: number;
  readonly verification: Verification;
}

/** A place in the list of runs, newest first. */
export type RunPosition = Pick<RunSummary, 'savedAtMs' | 'id'>;

export interface RunQuery {
  readonly limit: number;
  readonly scenarioId?: string;
  /** Only runs that come after this place. */
  readonly after?: RunPosition;
}

export interface LeaderboardQuery {
  readonly scenarioId: string;
  readonly scenarioHash: string;
  readonly ruleset: string;
  readonly limit: number;
}

export interface StoreLimits {
  readonly maxRuns: number;
  /** Of all runs together, as JSON. */
  readonly maxBytes: number;
}

/** `exists` leaves what is stored untouched; `full` stores nothing. */
export type SaveResult = 'created' | 'exists' | 'full';

/** Where runs are kept. Each call happens whole or not at all. */
export interface RunStore {
  save(summary: RunSummary, run: Run): Promise<SaveResult>;
  summary(id: string): Promise<RunSummary | null>;
  run(id: string): Promise<Run | null>;
  /** Newest first; equal times by id. */
  list(query: RunQuery): Promise<RunSummary[]>;
  /** Verified runs that won, by points, then by requests served, then the earlier one first. */
  best(query: LeaderboardQuery): Promise<RunSummary[]>;
  /** False when there was no such run. */
  remove(id: string): Promise<boolean>;
  /** Whether the store answers. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}
