import type { Clock } from '../clock.ts';
import type {
  ContainerSpec,
  ContainerState,
  ExecResult,
  Limits,
  RuntimeEvent,
} from './container-runtime.ts';

/** How the containers of an image behave. */
export interface SimulatedImage {
  /** Time from the start until its health check succeeds; null for an image without one. */
  readonly healthyAfterMs: number | null;
  /** What it does at its start. */
  readonly start?: (program: SimulatedProgram) => void;
  /** How it answers a program that is run inside; everything succeeds silently when left out. */
  readonly exec?: (
    program: SimulatedProgram,
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
  ) => ExecResult | Promise<ExecResult>;
}

/** What a simulated image may do. */
export interface SimulatedProgram {
  readonly spec: ContainerSpec;
  print(line: string): void;
  end(exitCode: number): void;
  setHealth(health: 'healthy' | 'unhealthy'): void;
}

const KILLED = 137;

/** A container without a machine: phases, health and events as an engine tells them. */
export class InMemoryContainer implements SimulatedProgram {
  readonly id: string;
  readonly spec: ContainerSpec;
  readonly lines: string[] = [];
  readonly #image: SimulatedImage;
  readonly #ports: Readonly<Record<number, number>>;
  readonly #clock: Clock;
  readonly #tell: (event: RuntimeEvent) => void;
  #limits: Limits;
  #phase: ContainerState['phase'] = 'created';
  #health: ContainerState['health'] = null;
  #exitCode: number | null = null;
  #outOfMemory = false;
  #cancelHealth: () => void = () => undefined;

  constructor(
    id: string,
    spec: ContainerSpec,
    image: SimulatedImage,
    ports: Readonly<Record<number, number>>,
    clock: Clock,
    tell: (event: RuntimeEvent) => void,
  ) {
    this.id = id;
    this.spec = spec;
    this.#image = image;
    this.#ports = ports;
    this.#clock = clock;
    this.#tell = tell;
    this.#limits = spec;
  }

  get running(): boolean {
    return this.#phase === 'running';
  }

  get state(): ContainerState {
    const { name, image, labels } = this.spec;
    const ended = this.#phase === 'exited' || this.#phase === 'created';
    return {
      id: this.id,
      name,
      image,
      labels,
      phase: this.#phase,
      health: this.#health,
      exitCode: this.#exitCode,
      outOfMemory: this.#outOfMemory,
      published: ended ? {} : this.#ports,
      cpuMillicores: this.#limits.cpuMillicores,
      memoryMiB: this.#limits.memoryMiB,
    };
  }

  start(): void {
    if (this.#phase === 'running' || this.#phase === 'paused') return;
    this.#phase = 'running';
    this.#exitCode = null;
    this.#outOfMemory = false;
    this.#tell({ type: 'started', id: this.id });
    const { healthyAfterMs } = this.#image;
    if (healthyAfterMs !== null) {
      this.#health = 'starting';
      this.#cancelHealth = this.#clock.later(() => this.setHealth('healthy'), healthyAfterMs);
    }
    this.#image.start?.(this);
  }

  print(line: string): void {
    this.lines.push(line);
  }

  end(exitCode: number): void {
    if (this.#phase !== 'running' && this.#phase !== 'paused') return;
    this.#cancelHealth();
    this.#phase = 'exited';
    this.#exitCode = exitCode;
    this.#tell({ type: 'ended', id: this.id, exitCode });
  }

  kill(): void {
    this.end(KILLED);
  }

  exhaustMemory(): void {
    if (!this.running) return;
    this.#outOfMemory = true;
    this.#tell({ type: 'out-of-memory', id: this.id });
    this.kill();
  }

  setHealth(health: 'healthy' | 'unhealthy'): void {
    if (!this.running || this.#health === health) return;
    this.#cancelHealth();
    this.#health = health;
    this.#tell({ type: health, id: this.id });
  }

  setPaused(paused: boolean): void {
    if (paused && this.running) this.#phase = 'paused';
    else if (!paused && this.#phase === 'paused') this.#phase = 'running';
  }

  setLimits({ cpuMillicores, memoryMiB }: Limits): void {
    this.#limits = { cpuMillicores, memoryMiB };
  }

  async exec(
    command: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<ExecResult> {
    return (await this.#image.exec?.(this, command, environment)) ?? { exitCode: 0, output: '' };
  }
}
