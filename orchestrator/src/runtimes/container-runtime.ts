/**
 * The port behind which real mode runs its containers; it speaks our types, never a client library's.
 * Every call ends: each has a deadline of its own and rejects with a `RuntimeError`.
 */
export interface ContainerRuntime extends AsyncDisposable {
  readonly name: 'docker' | 'in-memory';
  /** What the engine is and what the machine gives it. */
  inspectHost(): Promise<HostFacts>;
  /** Containers that carry all of these labels, stopped ones included. */
  listContainers(labels: Labels): Promise<readonly ContainerState[]>;
  listNetworks(labels: Labels): Promise<readonly NetworkState[]>;
  /** Answers the present network when one of the same name and labels exists. */
  createNetwork(spec: NetworkSpec): Promise<NetworkState>;
  /** A network that is gone already is no error. */
  removeNetwork(id: string): Promise<void>;
  /** Creates and starts. A container of the same name and labels that exists already is started and answered. */
  runContainer(spec: ContainerSpec): Promise<ContainerState>;
  /** Null when it is gone. */
  inspectContainer(id: string): Promise<ContainerState | null>;
  /** New CPU and memory limits for a running container, without restarting it. */
  updateLimits(id: string, limits: Limits): Promise<void>;
  restartContainer(id: string): Promise<void>;
  /** Asks it to end, kills it after `graceSeconds`, removes it. One that is gone already is no error. */
  removeContainer(id: string, graceSeconds: number): Promise<void>;
  /** Runs a program inside; output is both streams, cut to 16 KiB. */
  exec(id: string, command: readonly string[], options: ExecOptions): Promise<ExecResult>;
  /** Its newest lines, both streams, oldest first. */
  logs(id: string, lines: number): Promise<readonly string[]>;
  /**
   * Tells what happens to containers with these labels until the answer is disposed of. The stream is
   * opened anew when it breaks; `lost` and `regained` say so, and after `regained` the listener should list.
   */
  watch(labels: Labels, listener: (event: RuntimeEvent) => void): AsyncDisposable;
}

export type Labels = Readonly<Record<string, string>>;

export interface HostFacts {
  readonly engine: string;
  readonly apiVersion: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly cgroupVersion: 1 | 2;
  /** Whether CPU limits, memory limits and process limits can be set. */
  readonly limits: { readonly cpu: boolean; readonly memory: boolean; readonly pids: boolean };
  /** Space left where images and containers are kept; null when the engine runs elsewhere. */
  readonly diskFreeMiB: number | null;
}

export interface Limits {
  readonly cpuMillicores: number;
  readonly memoryMiB: number;
}

export interface NetworkSpec {
  readonly name: string;
  readonly labels: Labels;
}

export interface NetworkState extends NetworkSpec {
  readonly id: string;
}

/** Everything a container may have; there is no way to pass the engine anything else. */
export interface ContainerSpec extends Limits {
  readonly name: string;
  /** Exact local tag. */
  readonly image: string;
  readonly labels: Labels;
  readonly environment: Readonly<Record<string, string>>;
  /** Arguments for the image's entry point. */
  readonly arguments: readonly string[];
  readonly pidsLimit: number;
  /** Folders in memory that it may write to; the rest of its file system is read-only. */
  readonly scratch: readonly { readonly path: string; readonly sizeMiB: number }[];
  readonly network: string;
  /** Names under which others on the network reach it. */
  readonly aliases: readonly string[];
  /** Ports told to this machine, on loopback, on a port that is free. */
  readonly published: readonly number[];
}

export type ContainerPhase = 'created' | 'running' | 'paused' | 'restarting' | 'exited';

export interface ContainerState extends Limits {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  readonly labels: Labels;
  readonly phase: ContainerPhase;
  /** Null when the image has no health check. */
  readonly health: 'starting' | 'healthy' | 'unhealthy' | null;
  /** Null while it has not ended. */
  readonly exitCode: number | null;
  readonly outOfMemory: boolean;
  /** Container port -> port on 127.0.0.1. */
  readonly published: Readonly<Record<number, number>>;
}

export interface ExecOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly output: string;
}

export type RuntimeEvent =
  | { readonly type: 'started' | 'healthy' | 'unhealthy' | 'out-of-memory'; readonly id: string }
  | { readonly type: 'ended'; readonly id: string; readonly exitCode: number }
  | { readonly type: 'removed'; readonly id: string }
  | { readonly type: 'lost' | 'regained' };

export type RuntimeErrorCode =
  | 'unreachable'
  | 'timed-out'
  | 'not-found'
  | 'conflict'
  | 'image-missing'
  | 'no-space'
  | 'no-memory'
  | 'not-running'
  | 'broken-answer'
  | 'refused';

/** A call that failed, in our words; `subject` is the container, network or image it was about. */
export class RuntimeError extends Error {
  readonly code: RuntimeErrorCode;
  readonly subject: string | null;

  constructor(code: RuntimeErrorCode, message: string, subject: string | null = null) {
    super(message);
    this.name = 'RuntimeError';
    this.code = code;
    this.subject = subject;
  }
}
