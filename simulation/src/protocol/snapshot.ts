import type { Ending, Limit } from './event.ts';
import type { FaultKind } from './fault.ts';
import type { NodeId } from './ids.ts';
import type { BreakerPhase } from './link-options.ts';
import type { Measurement } from './measurement.ts';
import type { DeploymentView } from './release.ts';
import type { Topology } from './topology.ts';
import type { Cause, Operation } from './vocabulary.ts';

export type Phase = 'setup' | 'operation' | Ending;

/** A node as the view shows it. The figures are its measurement of the last full second. */
export interface NodeView {
  readonly id: NodeId;
  /** `down`: a fault keeps it from running. */
  readonly state: 'starting' | 'ready' | 'down';
  /** Null before the first second of operation is over. */
  readonly measurement: Measurement | null;
  /** What holds the node back now, and since when; null when nothing does. */
  readonly limitedBy: { readonly limit: Limit; readonly sinceMs: number } | null;
  /** Requests this node itself dropped in the last full second, by cause (`dependency-failed` left out). */
  readonly dropped: Readonly<Partial<Record<Cause, number>>>;
  /** Calls that wait for a row lock at this instant. */
  readonly lockWaits: number;
  /** Kinds of the faults at it, each as often as it has it; absent when there is none. */
  readonly faults?: readonly FaultKind[];
}

/** Calls over a link in the last full second. */
export interface LinkView {
  readonly from: NodeId;
  readonly to: NodeId;
  /** Calls by the most demanding operation they carry. */
  readonly calls: Readonly<Partial<Record<Operation, number>>>;
  readonly failed: number;
  /** Mean time from call to answer; null when none was answered. */
  readonly meanMs: number | null;
  /** Further attempts at calls; only where the link has call options. */
  readonly retries?: number;
  /** Only where the link has a circuit breaker. */
  readonly breaker?: BreakerPhase;
  /** Share of packets that a fault loses now, 1 when it is cut; absent when none are lost. */
  readonly lossRatio?: number;
}

/** Sums over the whole operation so far. */
export interface RunTotals {
  readonly offered: number;
  readonly served: number;
  readonly good: number;
  readonly errors: Readonly<Partial<Record<Cause, number>>>;
  readonly meanLatencyMs: number | null;
  readonly p50LatencyMs: number | null;
  readonly p95LatencyMs: number | null;
  readonly p99LatencyMs: number | null;
  /** Best mean of five consecutive seconds. */
  readonly maxThroughputPerSecond: number;
  readonly maxUsers: number;
  /** Seconds in which the error ratio stayed within the objective, over all seconds. */
  readonly uptimeRatio: number;
  readonly spentOnBuilding: number;
  readonly spentOnRunning: number;
  readonly refunded: number;
  readonly earned: number;
}

/** All that the view draws, read-only, at one instant. */
export interface Snapshot {
  readonly timeMs: number;
  readonly phase: Phase;
  /** Grows by one with every change of the topology. */
  readonly revision: number;
  readonly topology: Topology;
  readonly money: number;
  readonly costPerHour: number;
  readonly earnedPerHour: number;
  readonly users: number;
  /** Change of users over the last second. */
  readonly usersPerSecond: number;
  /** 0 to 1; at 1 the service is down. */
  readonly errorGauge: number;
  /** Offered load the rules ask for in the current second. */
  readonly offeredPerSecond: number;
  readonly endToEnd: Measurement | null;
  readonly nodes: readonly NodeView[];
  readonly links: readonly LinkView[];
  readonly totals: RunTotals;
  /** The latest deployment; absent before the first. */
  readonly deployment?: DeploymentView;
  /** Hash of the whole state at the last full second. */
  readonly stateHash: string;
}

export type Rank = 'S' | 'A' | 'B' | 'C' | 'D' | 'F';
export const SCORE_PARTS = ['throughput', 'mean-latency', 'p95-latency', 'uptime', 'cost'] as const;
export type ScorePartName = (typeof SCORE_PARTS)[number];

/** One part of the rank: what was reached, what earns it in full, and how many of its points it earned. */
export interface ScorePart {
  readonly part: ScorePartName;
  readonly value: number;
  readonly target: number;
  readonly points: number;
  readonly maxPoints: number;
}

/** The stage's verdict, once it has ended. */
export interface Result {
  readonly ending: Ending;
  readonly rank: Rank;
  /** 0 to 100; what the leaderboard orders by. */
  readonly points: number;
  readonly parts: readonly ScorePart[];
  readonly totals: RunTotals;
}
