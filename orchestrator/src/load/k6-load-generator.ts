import type { LoadPlan, RealProblem } from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import {
  type ContainerRuntime,
  RuntimeError,
  type RuntimeEvent,
} from '../runtimes/container-runtime.ts';
import { sessionLabels } from '../sandbox/desired.ts';
import type { K6Owner } from './k6-container.ts';
import { type K6Process, startK6 } from './k6-process.ts';
import type { LoadGenerator, PreparedLoad } from './load-generator.ts';
import { checkPlan } from './order.ts';

/** k6 looks for orders every 200 ms, and giving one takes as long on a busy machine. */
const ORDER_AHEAD_MS = 500;

export interface K6Options extends K6Owner {
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  /** k6 ended by itself; the next `prepare` starts another. */
  onEnded(problem: RealProblem): void;
}

/** A load that k6 is ready to offer. */
export interface PreparedOrder extends PreparedLoad {
  /** `atMs` (Unix ms): when its load is wanted to begin; it begins a little later if that is too soon. */
  release(atMs?: number): Promise<number>;
}

/** Offers load by k6 in a container of the session, which stays between loads; a plan follows another without a gap. */
export function createK6LoadGenerator(options: K6Options): K6LoadGenerator {
  return new K6LoadGenerator(options);
}

class K6LoadGenerator implements LoadGenerator {
  readonly #options: K6Options;
  readonly #watch: AsyncDisposable;
  #process: K6Process | null = null;
  /** Starts, orders and removals, one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: K6Options) {
    this.#options = options;
    const labels = sessionLabels(options.session);
    this.#watch = options.runtime.watch(labels, (event) => this.#hear(event));
  }

  async prepare(plan: LoadPlan): Promise<PreparedOrder> {
    checkPlan(plan);
    await this.#inTurn(async () => {
      this.#process ??= await startK6(this.#options, plan.generation, this.#options);
    });
    return {
      generation: plan.generation,
      release: (atMs = 0) => this.#inTurn(() => this.#release(plan, atMs)),
      discard: () => Promise.resolve(),
    };
  }

  stop(): Promise<void> {
    return this.#inTurn(async () => {
      const order = { plan: null, beginMs: this.#options.clock.now() };
      await this.#process?.give(order).catch((error) => {
        if (!isGone(error)) throw error;
      });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watch[Symbol.asyncDispose]();
    await this.#inTurn(async () => {
      const process = this.#process;
      this.#process = null;
      await process?.remove();
    });
  }

  async #release(plan: LoadPlan, atMs: number): Promise<number> {
    this.#process ??= await startK6(this.#options, plan.generation, this.#options);
    const beginMs = Math.max(atMs, this.#options.clock.now() + ORDER_AHEAD_MS);
    await this.#process.give({ plan, beginMs });
    return beginMs;
  }

  #hear(event: RuntimeEvent): void {
    const ended =
      event.type === 'regained' ||
      ((event.type === 'ended' || event.type === 'removed') && event.id === this.#process?.id);
    if (ended) void this.#inTurn(() => this.#look()).catch(() => undefined);
  }

  /** Tells when the process is no longer there; that the engine does not answer is told by others. */
  async #look(): Promise<void> {
    const process = this.#process;
    const problem = (await process?.end()) ?? null;
    if (problem === null) return;
    this.#process = null;
    await process?.remove().catch(() => undefined);
    this.#options.onEnded(problem);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.catch(() => undefined).then(act);
    this.#turn = turn;
    return turn;
  }
}

/** A k6 that is not there offers no load either. */
const isGone = (error: unknown) =>
  error instanceof RuntimeError && (error.code === 'not-running' || error.code === 'not-found');
