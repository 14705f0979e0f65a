import { CATALOG, sizeEntryOf } from '@project-devops/simulation';
import type { ContainerView, RealProblem, Topology } from '@project-devops/simulation/protocol';
import { type Clock, sleep } from '../clock.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import type { ContainerRuntime, RuntimeEvent } from '../runtimes/container-runtime.ts';
import { AppliedConfigurations } from '../sandbox/applied.ts';
import { apply } from '../sandbox/apply.ts';
import { type DesiredState, LABELS, ROLES, sessionLabels } from '../sandbox/desired.ts';
import { observe } from '../sandbox/observe.ts';
import { plan } from '../sandbox/plan.ts';
import type { PlanInput } from '../sandbox/plan-input.ts';
import { reconcile } from '../sandbox/reconcile.ts';
import { PROMETHEUS_PORT } from '../sandbox/roles/prometheus.ts';
import { createPrometheusTelemetry } from '../telemetry/prometheus-telemetry.ts';
import type { MeasuredService, Telemetry } from '../telemetry/telemetry.ts';
import { problemOf } from './problem.ts';
import { type Sandbox, SandboxError, type SandboxNews } from './sandbox.ts';

/** A container that dies is made again so often in a session; then it stays down. */
const MOST_REPAIRS = 5;
const REPAIR_DELAY_MS = 500;
const HTTP_PORT = 8080;

export interface ContainerSandboxOptions {
  readonly runtime: ContainerRuntime;
  readonly clock: Clock;
  readonly input: PlanInput;
  readonly load: LoadGenerator;
  readonly versions: Readonly<Record<string, string>>;
  readonly news: SandboxNews;
  readonly signal: AbortSignal;
  /** Removes everything of the session; called once, when the sandbox is disposed of. */
  remove(): Promise<void>;
}

/** Brings a topology's containers up and keeps them as they should be. Rejects with a `SandboxError`; what was made then is left to `remove`. */
export async function openContainerSandbox(options: ContainerSandboxOptions): Promise<Sandbox> {
  const sandbox = new ContainerSandbox(options);
  await sandbox.open();
  return sandbox;
}

class ContainerSandbox implements Sandbox {
  readonly session: string;
  readonly load: LoadGenerator;
  readonly versions: Readonly<Record<string, string>>;
  readonly #options: ContainerSandboxOptions;
  readonly #applied = new AppliedConfigurations();
  readonly #ended = new AbortController();
  #containers: readonly ContainerView[] = [];
  #topology: Topology;
  #desired: DesiredState;
  #telemetry: Telemetry | null = null;
  #prometheusPort = 0;
  #watch: AsyncDisposable | null = null;
  #repairs = 0;
  #lost: RealProblem | null = null;
  #broken: RealProblem | null = null;
  /** Changes wait for one another; a newer one makes those that wait unnecessary. */
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ContainerSandboxOptions) {
    this.#options = options;
    this.session = options.input.session;
    this.load = options.load;
    this.versions = options.versions;
    this.#topology = options.input.topology;
    this.#desired = plan(options.input);
    options.signal.addEventListener('abort', () => this.#ended.abort());
  }

  get containers(): readonly ContainerView[] {
    return this.#containers;
  }

  get telemetry(): Telemetry {
    if (this.#telemetry === null) throw new Error('the sandbox is not open yet');
    return this.#telemetry;
  }

  async open(): Promise<void> {
    const { runtime, clock } = this.#options;
    await this.#converge();
    this.#telemetry = createPrometheusTelemetry({
      baseUrl: () => `http://127.0.0.1:${this.#prometheusPort}`,
      fetch,
      clock,
    });
    this.#watch = runtime.watch(sessionLabels(this.session), (event) => this.#hear(event));
  }

  service(): MeasuredService {
    const cores: Record<string, number> = {};
    const connections: Record<string, number> = {};
    for (const { node, spec } of this.#desired.containers) cores[node] = spec.cpuMillicores / 1000;
    for (const node of this.#topology.nodes) {
      const size = sizeEntryOf(node, CATALOG);
      if (size !== null) connections[node.id] = size.connections;
    }
    return { topology: this.#topology, cores, connections, classes: this.#options.input.classes };
  }

  entry(): string {
    const { nodes, links } = this.#topology;
    const clients = nodes.find((node) => node.kind === 'clients')?.id;
    const entry = links.find((link) => link.from === clients)?.to;
    // No container has a name like this: the requests fail, as they do in the model.
    return `http://${entry ?? 'nowhere'}:${HTTP_PORT}`;
  }

  change(topology: Topology): Promise<void> {
    this.#topology = topology;
    this.#desired = plan({ ...this.#options.input, topology });
    return this.#inTurn(() => this.#converge());
  }

  restart(node: string): Promise<void> {
    return this.#inTurn(async () => {
      // Made anew: a restarted store comes back with new data, and its replicas must follow.
      const { state } = await this.#find(node);
      await this.#options.runtime.removeContainer(state.id, 0);
      this.#applied.forget(state.id);
      await this.#converge();
    });
  }

  async logs(node: string, lines: number): Promise<readonly string[]> {
    const labels = { ...sessionLabels(this.session), [LABELS.node]: node };
    const [found] = await this.#options.runtime.listContainers(labels);
    if (found === undefined) throw new SandboxError(missing(node));
    return this.#options.runtime.logs(found.id, lines);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort();
    await this.#watch?.[Symbol.asyncDispose]();
    await this.#turn.catch(() => undefined);
    await this.load[Symbol.asyncDispose]().catch(() => undefined);
    await this.#options.remove();
    this.#containers = [];
    this.#options.news.containers([]);
  }

  #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.catch(() => undefined).then(act);
    this.#turn = turn;
    return turn;
  }

  async #converge(): Promise<void> {
    const { runtime, clock, news } = this.#options;
    const actual = await observe(runtime, this.session, this.#applied);
    await apply(reconcile(this.#desired, actual), {
      runtime,
      clock,
      desired: this.#desired,
      applied: this.#applied,
      signal: this.#ended.signal,
      onProgress: (views: readonly ContainerView[]) => {
        this.#containers = views;
        news.containers(views);
      },
    });
    const prometheus = await this.#find(ROLES.prometheus);
    const port = prometheus.state.published[PROMETHEUS_PORT];
    if (port === undefined) throw new Error('Prometheus has no port on this machine.');
    this.#prometheusPort = port;
  }

  async #states() {
    const { runtime } = this.#options;
    return (await observe(runtime, this.session, this.#applied)).containers;
  }

  async #find(node: string) {
    const found = (await this.#states()).find((container) => container.node === node);
    if (found === undefined) throw new SandboxError(missing(node));
    return found;
  }

  #hear(event: RuntimeEvent): void {
    if (event.type === 'lost') {
      this.#lost = {
        code: 'engine-lost',
        message: 'The connection to the container engine broke; trying again.',
        node: null,
        remedy: null,
        lastLines: [],
      };
      return this.#tell();
    }
    if (event.type === 'regained') {
      this.#lost = null;
      this.#tell();
      return void this.#repair();
    }
    if (event.type === 'ended' || event.type === 'removed' || event.type === 'unhealthy') {
      void this.#repair();
    }
  }

  /** Makes again what died; a change under way is let end first, as it may be the reason. */
  async #repair(): Promise<void> {
    await this.#inTurn(async () => {
      await sleep(this.#options.clock, REPAIR_DELAY_MS, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      const actual = await observe(this.#options.runtime, this.session, this.#applied);
      if (reconcile(this.#desired, actual).length === 0) return;
      this.#repairs++;
      if (this.#repairs > MOST_REPAIRS) throw new SandboxError(tooManyRepairs());
      await this.#converge();
      this.#broken = null;
    }).catch((error) => {
      this.#broken = problemOf(error);
    });
    this.#tell();
  }

  #tell(): void {
    if (this.#ended.signal.aborted) return;
    this.#options.news.troubles([this.#lost, this.#broken].filter((problem) => problem !== null));
  }
}

function missing(node: string): RealProblem {
  return {
    code: 'no-container',
    message: `The session has no container for ${node}.`,
    node,
    remedy: null,
    lastLines: [],
  };
}

function tooManyRepairs(): RealProblem {
  return {
    code: 'keeps-dying',
    message: `Containers ended ${MOST_REPAIRS} times in this session; they are not started again.`,
    node: null,
    remedy: 'Look at their logs, give them more memory, or leave real mode and start it again.',
    lastLines: [],
  };
}
