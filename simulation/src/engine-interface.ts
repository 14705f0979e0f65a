import type {
  Command,
  DispatchResult,
  Judge,
  Measurement,
  Profile,
  RecordedCommand,
  Result,
  Scenario,
  SimulationEvent,
  Snapshot,
  Trace,
} from './protocol/index.ts';
import type { RealCourse } from './reality.ts';

export interface EngineOptions {
  readonly scenario: Scenario;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  readonly profile?: Profile;
}

/** One run of one scenario. Time stands still until `start-operation`. */
export interface Engine {
  readonly timeMs: number;
  /** Every accepted command with its time; with scenario and seed it repeats the run. */
  readonly log: readonly RecordedCommand[];
  /** Applies a command at the present instant, or says why not; a refusal changes nothing. */
  dispatch(command: Command): DispatchResult;
  /** Plays up to an instant; stops earlier at the stage's end. Times in the past do nothing. */
  advanceTo(timeMs: number): void;
  snapshot(): Snapshot;
  /** What has happened since the last call. */
  takeEvents(): SimulationEvent[];
  /** Rows of the windows (one second each) that closed since the last call. */
  takeMeasurements(): Measurement[];
  /** Hash of the whole state at the last full second, 16 hex digits. */
  stateHash(): string;
  /**
   * From this instant on the run goes on beside real containers: with their machine's demands, evenly
   * spaced arrivals and the load that is really offered. Requests in flight are forgotten, as the
   * containers begin with none; a deployment under way is given up, as they know no releases. Only at a
   * full second; throws otherwise.
   */
  enterReality(course: RealCourse): void;
  /** Whose windows the rules read from the next second on; without effect before `enterReality`. */
  setJudge(judge: Judge): void;
  /** A measured end-to-end row, for a run judged by reality. */
  addMeasured(row: Measurement): void;
  /** The real load is another than `loadAt` told before: asks it again for the present second. */
  loadChanged(): void;
  /** What the rules would offer in the present second, in requests a second at full size. */
  readonly wantedPerSecond: number;
  /** Traces this share of the requests that arrive from now on, 0 to 1; it changes nothing in the run. */
  trace(sampleRatio: number): void;
  /** Traces of sampled requests that have ended since the last call, at most `MAX_TRACES`. */
  takeTraces(): Trace[];
  /** The verdict; null while the stage goes on. */
  result(): Result | null;
}
