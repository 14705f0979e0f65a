import type {
  CatalogEntry,
  Command,
  DispatchResult,
  Frame,
  NodeOptionForms,
  Problem,
  Result,
  Run,
  Scenario,
  SessionInfo,
  Speed,
  Topology,
} from '@project-devops/simulation/protocol';

/** What can be played and bought, known before any run. */
export interface Library {
  readonly scenarios: readonly Scenario[];
  readonly catalog: readonly CatalogEntry[];
  /** The options of every kind. */
  readonly optionForms: NodeOptionForms;
  readonly ruleset: string;
}

/** A fresh run of a scenario, or one that goes on from a saved log. */
export type SessionStart =
  | { readonly scenario: Scenario; readonly seed: number }
  | { readonly run: Run; readonly mode: 'continue' | 'watch' };

/** A file a player opened, once it has been understood. */
export type OpenedFile =
  | { readonly kind: 'run'; readonly run: Run; readonly sameRuleset: boolean }
  | { readonly kind: 'scenario'; readonly scenario: Scenario }
  | { readonly kind: 'topology'; readonly topology: Topology }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** What a stage would have come to without one action. */
export interface Counterfactual {
  readonly commandIndex: number;
  /** Commands that could not be applied any more once the action was missing. */
  readonly dropped: number;
  readonly result: Result | null;
}

/** The source of a run: the worker's engine, or the orchestrator in real mode. */
export interface Session {
  library(): Promise<Library>;
  /** Reads a run, scenario or topology file (YAML or JSON, at most 4 MB); never throws for bad content. */
  openFile(text: string): Promise<OpenedFile>;
  start(start: SessionStart): Promise<SessionInfo>;
  dispatch(command: Command): Promise<DispatchResult>;
  setSpeed(speed: Speed): void;
  /** Moves a watched run to an instant; the next frame has the whole history up to it. */
  seek(timeMs: number): Promise<void>;
  /** The run so far, ready to be saved. */
  run(): Promise<Run>;
  /** Plays `of`, or the run so far, again without one of its commands. */
  without(commandIndex: number, of?: Run): Promise<Counterfactual>;
  onFrame(listener: (frame: Frame) => void): () => void;
  /** The source died; `lastRun` is the newest autosave, null when there is none. */
  onFailure(
    listener: (failure: { readonly message: string; readonly lastRun: Run | null }) => void,
  ): () => void;
  close(): void;
}
