import type { ContainerView, RealProblem, Topology } from '@project-devops/simulation/protocol';
import type { LoadGenerator } from '../load/load-generator.ts';
import type { MeasuredService, Telemetry } from '../telemetry/telemetry.ts';

/** What a sandbox tells about itself; called whenever something of it changes. */
export interface SandboxNews {
  containers(views: readonly ContainerView[]): void;
  /** The troubles there are now; empty when all is well again. */
  troubles(problems: readonly RealProblem[]): void;
  /** The load generator ended by itself. */
  loadEnded(problem: RealProblem): void;
}

/** A topology that runs as containers. */
export interface Sandbox extends AsyncDisposable {
  readonly session: string;
  readonly load: LoadGenerator;
  readonly telemetry: Telemetry;
  /** Versions by name: the container engine, the images. */
  readonly versions: Readonly<Record<string, string>>;
  readonly containers: readonly ContainerView[];
  /** What runs, as the telemetry needs it. */
  service(): MeasuredService;
  /** Address of the topology's entry on the session's network. */
  entry(): string;
  /** Brings the containers to a topology; the newest call wins, older ones resolve with it. Rejects with a `SandboxError`. */
  change(topology: Topology): Promise<void>;
  restart(node: string): Promise<void>;
  /** The newest lines of a node's or role's container; rejects with a `SandboxError` when there is none. */
  logs(node: string, lines: number): Promise<readonly string[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A step that failed, told as the page shows it. */
export class SandboxError extends Error {
  readonly problem: RealProblem;

  constructor(problem: RealProblem) {
    super(problem.message);
    this.name = 'SandboxError';
    this.problem = problem;
  }
}
