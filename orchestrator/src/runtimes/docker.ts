import { type Clock, sleep, systemClock } from '../clock.ts';
import type {
  ContainerRuntime,
  ContainerSpec,
  ContainerState,
  ExecOptions,
  Labels,
  Limits,
  NetworkSpec,
  NetworkState,
  RuntimeEvent,
} from './container-runtime.ts';
import { type DockerAddress, dockerAddress } from './docker-address.ts';
import { readContainer, readId, readIds, readNetworks } from './docker-answers.ts';
import { ANSWER_DEADLINE_MS, DockerConnection } from './docker-connection.ts';
import { isCode } from './docker-errors.ts';
import { EventWatch } from './docker-events.ts';
import { execIn } from './docker-exec.ts';
import { FrameReader } from './docker-frames.ts';
import { inspectDockerHost } from './docker-host.ts';
import { runContainer } from './docker-run.ts';
import { labelFilter, limitSettings } from './docker-settings.ts';
import { hasLabels } from './labels.ts';

export interface DockerRuntimeOptions {
  /** Where the engine listens; what DOCKER_HOST says when left out. */
  readonly address?: DockerAddress;
  readonly clock?: Clock;
}

const RESTART_GRACE_SECONDS = 2;
const GONE_DELAY_MS = 50;
const LOG_BYTES = 1_048_576;

/** The port to containers on Docker, 20.10 or newer. Throws a `RuntimeError` for a DOCKER_HOST it cannot use. */
export function createDockerRuntime(options: DockerRuntimeOptions = {}): ContainerRuntime {
  return new DockerRuntime(options.address ?? dockerAddress(), options.clock ?? systemClock);
}

class DockerRuntime implements ContainerRuntime {
  readonly name = 'docker';
  readonly #connection: DockerConnection;
  readonly #clock: Clock;
  readonly #watches = new Set<EventWatch>();

  constructor(address: DockerAddress, clock: Clock) {
    this.#connection = new DockerConnection(address, clock);
    this.#clock = clock;
  }

  inspectHost() {
    return inspectDockerHost(this.#connection);
  }

  async listContainers(labels: Labels): Promise<readonly ContainerState[]> {
    const filters = { label: labelFilter(labels) };
    const answer = await this.#connection.ask('containers', (docker) =>
      docker.listContainers({ all: true, filters }),
    );
    const ids = readIds(answer, 'containers');
    const states = await Promise.all(ids.map((id) => this.inspectContainer(id)));
    return states.filter((state) => state !== null);
  }

  async listNetworks(labels: Labels): Promise<readonly NetworkState[]> {
    const filters = { label: labelFilter(labels) };
    const answer = await this.#connection.ask('networks', (docker) =>
      docker.listNetworks({ filters }),
    );
    return readNetworks(answer);
  }

  async createNetwork({ name, labels }: NetworkSpec): Promise<NetworkState> {
    const question = { Name: name, Driver: 'bridge', CheckDuplicate: true, Labels: { ...labels } };
    try {
      const made = await this.#connection.ask(name, (docker) => docker.createNetwork(question));
      return { id: readId({ Id: made.id }, name), name, labels };
    } catch (error) {
      if (!isCode(error, 'conflict')) throw error;
      return await this.#adoptNetwork({ name, labels }, error);
    }
  }

  async removeNetwork(id: string): Promise<void> {
    await this.#unlessGone(id, (docker) => docker.getNetwork(id).remove());
  }

  runContainer(spec: ContainerSpec): Promise<ContainerState> {
    return runContainer(this.#connection, spec);
  }

  async inspectContainer(id: string): Promise<ContainerState | null> {
    const answer = await this.#unlessGone(id, (docker) => docker.getContainer(id).inspect());
    return answer === null ? null : readContainer(answer, id);
  }

  async updateLimits(id: string, limits: Limits): Promise<void> {
    await this.#connection.ask(id, (docker) =>
      docker.getContainer(id).update({ ...limitSettings(limits) }),
    );
  }

  async restartContainer(id: string): Promise<void> {
    await this.#connection.ask(
      id,
      (docker) => docker.getContainer(id).restart({ t: RESTART_GRACE_SECONDS }),
      ANSWER_DEADLINE_MS + RESTART_GRACE_SECONDS * 1_000,
    );
  }

  async removeContainer(id: string, graceSeconds: number): Promise<void> {
    if (graceSeconds > 0) await this.#stop(id, graceSeconds);
    try {
      await this.#unlessGone(id, (docker) =>
        docker.getContainer(id).remove({ force: true, v: true }),
      );
    } catch (error) {
      if (!isCode(error, 'conflict')) throw error;
      await this.#untilGone(id, error);
    }
  }

  exec(id: string, command: readonly string[], options: ExecOptions) {
    return execIn(this.#connection, this.#clock, id, command, options);
  }

  async logs(id: string, lines: number): Promise<readonly string[]> {
    const answer = await this.#connection.ask(id, (docker) =>
      docker.getContainer(id).logs({ stdout: true, stderr: true, tail: lines, follow: false }),
    );
    const frames = new FrameReader(LOG_BYTES);
    if (Buffer.isBuffer(answer)) frames.push(answer);
    const text = frames.text.replace(/\n$/, '');
    return text === '' ? [] : text.split('\n').slice(-lines);
  }

  watch(labels: Labels, listener: (event: RuntimeEvent) => void): AsyncDisposable {
    const watch = new EventWatch(this.#connection, this.#clock, labels, listener);
    this.#watches.add(watch);
    return {
      [Symbol.asyncDispose]: () => {
        this.#watches.delete(watch);
        return watch[Symbol.asyncDispose]();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const watches = [...this.#watches];
    this.#watches.clear();
    await Promise.all(watches.map((watch) => watch[Symbol.asyncDispose]()));
  }

  async #adoptNetwork(spec: NetworkSpec, conflict: unknown): Promise<NetworkState> {
    const present = (await this.listNetworks(spec.labels)).find(({ name }) => name === spec.name);
    if (present === undefined || !hasLabels(present.labels, spec.labels)) throw conflict;
    return present;
  }

  /** Null when what the question is about is not there. */
  async #unlessGone<T>(
    id: string,
    question: Parameters<DockerConnection['ask']>[1],
  ): Promise<T | null> {
    try {
      return (await this.#connection.ask(id, question)) as T;
    } catch (error) {
      if (isCode(error, 'not-found')) return null;
      throw error;
    }
  }

  /** A container that does not stop in time is left to be removed by force. */
  async #stop(id: string, graceSeconds: number): Promise<void> {
    const deadlineMs = graceSeconds * 1_000 + ANSWER_DEADLINE_MS;
    try {
      await this.#connection.ask(
        id,
        (docker) => docker.getContainer(id).stop({ t: graceSeconds }),
        deadlineMs,
      );
    } catch (error) {
      if (isCode(error, 'unreachable')) throw error;
    }
  }

  /** Somebody else removes it already. */
  async #untilGone(id: string, conflict: unknown): Promise<void> {
    const end = this.#clock.now() + ANSWER_DEADLINE_MS;
    while ((await this.inspectContainer(id)) !== null) {
      if (this.#clock.now() > end) throw conflict;
      await sleep(this.#clock, GONE_DELAY_MS);
    }
  }
}
