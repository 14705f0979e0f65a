import type { LoadOrder, RealProblem } from '@project-devops/simulation/protocol';
import { type Clock, sleep } from '../clock.ts';
import { SandboxError } from '../real/sandbox.ts';
import type { ContainerRuntime, ContainerState } from '../runtimes/container-runtime.ts';
import { LABELS, OURS } from '../sandbox/desired.ts';
import { isK6, type K6Owner, k6Container } from './k6-container.ts';
import { orderText } from './order.ts';

const READY_TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 100;
const ORDER_TIMEOUT_MS = 5_000;
const LAST_LINES = 20;

export interface K6Ports {
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
}

/** A k6 that runs and takes orders. */
export class K6Process {
  readonly id: string;
  readonly #ports: K6Ports;

  constructor(id: string, ports: K6Ports) {
    this.id = id;
    this.#ports = ports;
  }

  /** k6 has the order when this resolves; it looks at it within 200 ms. */
  async give(order: LoadOrder): Promise<void> {
    const { exitCode, output } = await this.#ports.runtime.exec(this.id, ['order'], {
      environment: { ORDER: orderText(order) },
      timeoutMs: ORDER_TIMEOUT_MS,
    });
    if (exitCode !== 0)
      throw await failure('k6 did not take its orders', output, this.id, this.#ports);
  }

  /** Null while it runs. */
  async end(): Promise<RealProblem | null> {
    const state = await this.#ports.runtime.inspectContainer(this.id);
    if (state !== null && state.phase !== 'exited') return null;
    return problem(`k6 ${endingOf(state)}`, await linesOf(this.id, this.#ports));
  }

  remove(): Promise<void> {
    return this.#ports.runtime.removeContainer(this.id, 1);
  }
}

/** Starts k6 and waits until it takes orders; what is left of others in the session goes. Rejects with a `SandboxError` that has its last lines. */
export async function startK6(
  owner: K6Owner,
  generation: number,
  ports: K6Ports,
): Promise<K6Process> {
  await removeK6(owner.session, ports);
  const { id } = await ports.runtime.runContainer(
    k6Container(owner, generation, ports.clock.now()),
  );
  const process = new K6Process(id, ports);
  try {
    await untilReady(id, ports);
    return process;
  } catch (error) {
    await process.remove().catch(() => undefined);
    throw error;
  }
}

async function removeK6(session: string, { runtime }: K6Ports): Promise<void> {
  const ours = await runtime.listContainers({ ...OURS, [LABELS.session]: session });
  const left = ours.filter((state) => isK6(state.labels));
  await Promise.all(left.map((state) => runtime.removeContainer(state.id, 0)));
}

async function untilReady(id: string, ports: K6Ports): Promise<void> {
  const { runtime, clock } = ports;
  const untilMs = clock.now() + READY_TIMEOUT_MS;
  for (;;) {
    const state = await runtime.inspectContainer(id);
    if (state?.health === 'healthy') return;
    if (state === null || state.phase === 'exited') {
      throw await failure(`k6 ${endingOf(state)} before it was ready`, '', id, ports);
    }
    if (clock.now() > untilMs) {
      throw await failure(`k6 was not ready within ${READY_TIMEOUT_MS / 1000} s`, '', id, ports);
    }
    await sleep(clock, LOOK_EVERY_MS);
  }
}

function endingOf(state: ContainerState | null): string {
  if (state === null) return 'was removed';
  return state.outOfMemory ? 'ran out of memory' : `ended with code ${state.exitCode}`;
}

async function failure(
  message: string,
  output: string,
  id: string,
  ports: K6Ports,
): Promise<SandboxError> {
  const lines = output.trim() === '' ? await linesOf(id, ports) : output.trim().split('\n');
  return new SandboxError(problem(message, lines));
}

const linesOf = (id: string, { runtime }: K6Ports) =>
  runtime.logs(id, LAST_LINES).catch(() => [] as const);

function problem(message: string, lastLines: readonly string[]): RealProblem {
  return { code: 'load-failed', message: `${message}.`, node: 'k6', remedy: null, lastLines };
}
