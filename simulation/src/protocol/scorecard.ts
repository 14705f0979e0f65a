import type { NodeId } from './ids.ts';

/** What is compared of a node, or of the whole service. Units: requests/s, ms, ratios 0 to 1, ms. */
export const COMPARED = [
  'throughput',
  'mean-latency',
  'p50-latency',
  'p95-latency',
  'p99-latency',
  'error-ratio',
  'utilisation',
  'hit-ratio',
  'lag',
] as const;
export type ComparedMetric = (typeof COMPARED)[number];

/** Why a line has no error figure: nothing measured (age of the newest measured window), not predicted, or k6 was the limit. */
export type LineState =
  | { readonly state: 'compared' }
  | { readonly state: 'no-data'; readonly ageMs: number | null }
  | { readonly state: 'not-modelled' }
  | { readonly state: 'too-few'; readonly samples: number };

/** Prediction and measurement of one figure over the scorecard's span; worst lines come first. */
export interface ScorecardLine {
  /** A node's id, or END_TO_END. */
  readonly node: NodeId;
  readonly metric: ComparedMetric;
  readonly predicted: number | null;
  readonly measured: number | null;
  /** (predicted - measured) / measured for rates and times; predicted - measured for ratios. */
  readonly error: number | null;
  /** Mean signed error over the span's windows, same unit as `error`. */
  readonly bias: number | null;
  /** Mean absolute error over the span's windows, same unit as `error`. */
  readonly meanAbsoluteError: number | null;
  readonly state: LineState;
}

export const GRADES = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof GRADES)[number];

/** How well reality was predicted: every line, and a grade with its reason. */
export interface Scorecard {
  readonly format: 'project-devops/scorecard@1';
  /** Span of simulated time that is compared. */
  readonly startMs: number;
  readonly endMs: number;
  readonly validWindows: number;
  /** Windows left out because k6 could not offer the load. */
  readonly invalidWindows: number;
  readonly lines: readonly ScorecardLine[];
  /** Null while there is too little to judge; `reason` names the line that decides. */
  readonly grade: {
    readonly grade: Grade | null;
    readonly reason: string;
    readonly decidedBy: string | null;
  };
  readonly provenance: Provenance;
}

/** Where the figures come from; goes with every export. */
export interface Provenance {
  readonly scenario: string;
  readonly seed: number;
  readonly ruleset: string;
  /** The hardware profile that predicted. */
  readonly profile: { readonly name: string; readonly measuredOn: string | null };
  /** 1/scale of CPU and load were run. */
  readonly scale: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly hardware: { readonly cpu: string; readonly cores: number; readonly memoryMiB: number };
}
