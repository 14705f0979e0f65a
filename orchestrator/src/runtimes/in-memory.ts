import { type Clock, systemClock } from '../clock.ts';
import {
  type ContainerRuntime,
  type ContainerSpec,
  type ContainerState,
  type ExecOptions,
  type ExecResult,
  type HostFacts,
  type Labels,
  type Limits,
  type NetworkSpec,
  type NetworkState,
  RuntimeError,
  type RuntimeEvent,
} from './container-runtime.ts';
import { InMemoryContainer, type SimulatedImage } from './in-memory-container.ts';
import { EngineFaults, type RuntimeCall } from './in-memory-faults.ts';
import { hasLabels } from './labels.ts';

export interface InMemoryOptions {
  readonly clock?: Clock;
  readonly host?: HostFacts;
  /** How containers of a tag behave, null when there is no such image; when left out, every image exists and is healthy after 200 ms. */
  readonly image?: (tag: string) => SimulatedImage | null;
}

/** One call that was made, for tests that ask what was done; `subject` is a container's or network's name, or an id that nothing has. */
export interface JournalEntry {
  readonly call: RuntimeCall;
  readonly subject: string | null;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const HOST: HostFacts = {
  engine: 'in memory',
  apiVersion: '1.41',
  cores: 2,
  memoryMiB: 8_192,
  cgroupVersion: 2,
  limits: { cpu: true, memory: true, pids: true },
  diskFreeMiB: 20_000,
};
const SERVER: SimulatedImage = { healthyAfterMs: 200 };
const FIRST_PORT = 49_152;
const LEAST_MEMORY_MIB = 6;
const OUTPUT_LENGTH = 16_384;

/** A container engine without containers: the same behaviour as Docker's, moved by a clock, with faults to order. */
export function createInMemoryRuntime(options: InMemoryOptions = {}): InMemoryRuntime {
  return new InMemoryRuntime(options);
}

export class InMemoryRuntime implements ContainerRuntime {
  readonly name = 'in-memory';
  readonly faults: EngineFaults;
  readonly journal: JournalEntry[] = [];
  readonly #clock: Clock;
  readonly #host: HostFacts;
  readonly #imageOf: (tag: string) => SimulatedImage | null;
  readonly #containers = new Map<string, InMemoryContainer>();
  readonly #networks = new Map<string, NetworkState>();
  readonly #watches = new Set<{ labels: Labels; listener: (event: RuntimeEvent) => void }>();
  #ids = 0;
  #ports = FIRST_PORT;

  constructor({ clock = systemClock, host = HOST, image = () => SERVER }: InMemoryOptions) {
    this.#clock = clock;
    this.#host = host;
    this.#imageOf = image;
    this.faults = new EngineFaults(clock);
  }

  inspectHost(): Promise<HostFacts> {
    return this.#call('inspectHost', null, () => this.#host);
  }

  listContainers(labels: Labels): Promise<readonly ContainerState[]> {
    return this.#call('listContainers', null, () =>
      [...this.#containers.values()]
        .map((container) => container.state)
        .filter((state) => hasLabels(state.labels, labels)),
    );
  }

  listNetworks(labels: Labels): Promise<readonly NetworkState[]> {
    return this.#call('listNetworks', null, () =>
      [...this.#networks.values()].filter((network) => hasLabels(network.labels, labels)),
    );
  }

  createNetwork({ name, labels }: NetworkSpec): Promise<NetworkState> {
    return this.#call('createNetwork', name, () => {
      const present = [...this.#networks.values()].find((network) => network.name === name);
      if (present !== undefined) return adopted(present, labels);
      const network = { id: this.#nextId(), name, labels };
      this.#networks.set(network.id, network);
      return network;
    });
  }

  removeNetwork(id: string): Promise<void> {
    return this.#call('removeNetwork', id, () => {
      const network = this.#networks.get(id);
      const users = [...this.#containers.values()].filter(
        ({ spec, running }) => running && spec.network === network?.name,
      );
      if (users.length > 0) {
        throw new RuntimeError('conflict', `${network?.name} still has containers on it.`, id);
      }
      this.#networks.delete(id);
    });
  }

  runContainer(spec: ContainerSpec): Promise<ContainerState> {
    return this.#call('runContainer', spec.name, () => {
      const present = this.#named(spec.name);
      const container = present === undefined ? this.#create(spec) : present;
      adopted(container.state, spec.labels);
      container.start();
      return container.state;
    });
  }

  inspectContainer(id: string): Promise<ContainerState | null> {
    return this.#call('inspectContainer', id, () => this.#find(id)?.state ?? null);
  }

  updateLimits(id: string, limits: Limits): Promise<void> {
    return this.#call('updateLimits', id, () => {
      if (limits.memoryMiB < LEAST_MEMORY_MIB) {
        throw new RuntimeError('refused', `${id} needs at least ${LEAST_MEMORY_MIB} MiB.`, id);
      }
      this.#existing(id).setLimits(limits);
    });
  }

  restartContainer(id: string): Promise<void> {
    return this.#call('restartContainer', id, () => {
      const container = this.#existing(id);
      container.end(0);
      container.start();
    });
  }

  removeContainer(id: string, _graceSeconds: number): Promise<void> {
    return this.#call('removeContainer', id, () => this.#remove(this.#find(id)));
  }

  async exec(
    id: string,
    command: readonly string[],
    { environment = {}, timeoutMs }: ExecOptions,
  ): Promise<ExecResult> {
    this.journal.push({ call: 'exec', subject: this.#nameOf(id), command, environment });
    const late = Promise.withResolvers<never>();
    const cancel = this.#clock.later(() => {
      const text = `"${command.join(' ')}" did not end within ${timeoutMs / 1_000} s.`;
      late.reject(new RuntimeError('timed-out', text, id));
    }, timeoutMs);
    const run = this.faults.during('exec', async () => {
      const result = await this.#running(id).exec(command, environment);
      return { ...result, output: result.output.slice(-OUTPUT_LENGTH) };
    });
    return await Promise.race([run, late.promise]).finally(cancel);
  }

  logs(id: string, lines: number): Promise<readonly string[]> {
    return this.#call('logs', id, () => this.#existing(id).lines.slice(-lines));
  }

  watch(labels: Labels, listener: (event: RuntimeEvent) => void): AsyncDisposable {
    const watch = { labels, listener };
    this.#watches.add(watch);
    return {
      [Symbol.asyncDispose]: async () => {
        this.#watches.delete(watch);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watches.clear();
  }

  /** The engine stops answering, or answers again; containers go on, and what happens meanwhile is not told. */
  setAway(away: boolean): void {
    if (this.faults.away === away) return;
    this.faults.away = away;
    for (const { listener } of this.#watches) listener({ type: away ? 'lost' : 'regained' });
  }

  /** A container by its name, to be ended, paused or made ill behind everybody's back; throws when there is none. */
  container(name: string): InMemoryContainer {
    const container = this.#named(name);
    if (container === undefined) throw new Error(`There is no container named ${name}.`);
    return container;
  }

  /** A container is removed by somebody else. */
  vanish(name: string): void {
    this.#remove(this.container(name));
  }

  #create(spec: ContainerSpec): InMemoryContainer {
    const image = this.#imageOf(spec.image);
    if (image === null) {
      throw new RuntimeError('image-missing', `There is no image ${spec.image}.`, spec.name);
    }
    if (![...this.#networks.values()].some(({ name }) => name === spec.network)) {
      throw new RuntimeError('not-found', `There is no network ${spec.network}.`, spec.name);
    }
    const ports = Object.fromEntries(spec.published.map((port) => [port, this.#ports++]));
    const tell = (event: RuntimeEvent) => this.#tell(spec.labels, event);
    const container = new InMemoryContainer(this.#nextId(), spec, image, ports, this.#clock, tell);
    this.#containers.set(container.id, container);
    return container;
  }

  #remove(container: InMemoryContainer | undefined): void {
    if (container === undefined) return;
    container.kill();
    this.#containers.delete(container.id);
    this.#tell(container.spec.labels, { type: 'removed', id: container.id });
  }

  #tell(labels: Labels, event: RuntimeEvent): void {
    if (this.faults.away) return;
    for (const watch of this.#watches) {
      if (hasLabels(labels, watch.labels)) watch.listener(event);
    }
  }

  #call<T>(call: RuntimeCall, id: string | null, act: () => T): Promise<T> {
    this.journal.push({ call, subject: this.#nameOf(id) });
    return this.faults.during(call, act);
  }

  #nameOf(id: string | null): string | null {
    if (id === null) return null;
    return this.#find(id)?.spec.name ?? this.#networks.get(id)?.name ?? id;
  }

  #named(name: string): InMemoryContainer | undefined {
    return [...this.#containers.values()].find(({ spec }) => spec.name === name);
  }

  /** As Docker does, by id or by name. */
  #find(id: string): InMemoryContainer | undefined {
    return this.#containers.get(id) ?? this.#named(id);
  }

  #existing(id: string): InMemoryContainer {
    const container = this.#find(id);
    if (container === undefined) throw new RuntimeError('not-found', `${id} is not there.`, id);
    return container;
  }

  #running(id: string): InMemoryContainer {
    const container = this.#existing(id);
    if (container.running) return container;
    throw new RuntimeError('not-running', `${container.spec.name} is not running.`, id);
  }

  #nextId(): string {
    this.#ids++;
    return this.#ids.toString(16).padStart(64, '0');
  }
}

function adopted<T extends { readonly name: string; readonly labels: Labels }>(
  present: T,
  labels: Labels,
): T {
  if (hasLabels(present.labels, labels)) return present;
  const text = `${present.name} exists already and is not this session's.`;
  throw new RuntimeError('conflict', text, present.name);
}
