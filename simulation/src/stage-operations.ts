import { CATALOG } from './components/catalog.ts';
import type { Simulator } from './execution/simulator.ts';
import type { StateHash } from './kernel/state-hash.ts';
import type {
  DeploymentView,
  DispatchResult,
  Happening,
  Measurement,
  NodeId,
  Refusal,
  Scenario,
  Topology,
} from './protocol/index.ts';
import { Rollout } from './rollout.ts';
import { departmentNews } from './rules/departments.ts';
import { editNews } from './rules/edit-news.ts';
import { drillRefusal } from './rules/faults.ts';
import type { Ledger } from './rules/ledger.ts';
import { pricedEdit } from './rules/priced-edit.ts';
import { deployRefusal, releaseNews, versionRefusal } from './rules/releases.ts';
import {
  type OperationCommand,
  refused,
  sizeOf,
  type TopologyCommand,
} from './rules/topology-edits.ts';
import { StageMonitoring } from './stage-monitoring.ts';

/** The stage as it is at one instant. */
export interface OperatedNow {
  readonly simulator: Simulator;
  readonly topology: Topology;
  readonly isOperating: boolean;
  /** Whether real containers run beside it, which know neither faults nor releases. */
  readonly isReal: boolean;
  readonly seconds: number;
}

/** The stage that is operated. */
export interface OperatedStage {
  readonly scenario: Scenario;
  readonly ledger: Ledger;
  now(): OperatedNow;
  adopt(topology: Topology): void;
  tell(...happenings: readonly Happening[]): void;
}

const DONE: DispatchResult = { ok: true, undo: [] };

/** What a player does to a stage once it is there, building and operating, and what befalls the running service. */
export class StageOperations {
  readonly #stage: OperatedStage;
  readonly #rollout: Rollout;
  readonly #monitoring = new StageMonitoring();

  constructor(stage: OperatedStage) {
    this.#stage = stage;
    this.#rollout = new Rollout(stage);
  }

  get deployment(): DeploymentView | null {
    return this.#rollout.view;
  }

  dispatch(command: TopologyCommand | OperationCommand): DispatchResult {
    switch (command.type) {
      case 'restart-node':
        return this.#restart(command.id);
      case 'inject-fault': {
        const refusal = this.#notRunning(command.fault.id) ?? this.#drillRefusal(command.fault);
        if (refusal !== null) return { ok: false, refusal };
        this.#stage.now().simulator.beginFault(command.fault);
        this.#tellFaults();
        return DONE;
      }
      case 'deploy': {
        const { scenario } = this.#stage;
        const { topology, seconds } = this.#stage.now();
        const refusal =
          this.#notRunning(command.version) ??
          deployRefusal(command, scenario, topology, seconds) ??
          this.#rollout.refusal(command);
        if (refusal !== null) return { ok: false, refusal };
        this.#rollout.begin(command);
        return DONE;
      }
      case 'roll-back': {
        const refusal = this.#notRunning('roll-back');
        if (refusal !== null) return { ok: false, refusal };
        return this.#rollout.rollBack() ? DONE : refused('nothing-to-roll-back', 'roll-back');
      }
      default:
        return this.#edit(command);
    }
  }

  /** What has become of nodes since the last call: which have started, and what faults have brought about. */
  tellNodes(): void {
    const { simulator } = this.#stage.now();
    const started = simulator.takeStarted();
    this.#stage.tell(...started.map((node) => ({ type: 'node-started', node }) as const));
    this.#tellFaults();
  }

  /** What the departments do and offer in the second that begins now. */
  tellDepartments(): void {
    const { scenario } = this.#stage;
    const { seconds } = this.#stage.now();
    this.#stage.tell(...departmentNews(scenario, seconds), ...releaseNews(scenario, seconds));
  }

  /** The next step of a deployment; `rows` are those of the second that has ended. */
  advance(rows: readonly Measurement[]): void {
    if (!this.#stage.now().isReal) this.#rollout.advance(rows);
  }

  /** Real containers run beside the stage from now on, which know no releases. */
  enterReality(): void {
    this.#rollout.giveUp();
  }

  /** What monitoring nodes alert to after the second that has ended, with these rows. */
  watch(rows: readonly Measurement[], users: number): void {
    const { simulator, topology } = this.#stage.now();
    const happenings = this.#monitoring.watch(rows, {
      topology,
      rounds: simulator.takeScrapeRounds(),
      atMs: simulator.nowMs,
      users,
      isDeploying: this.deployment !== null && this.deployment.state !== 'over',
      isDown: (id) => simulator.stateOf(id) === 'down',
    });
    this.#stage.tell(...happenings);
  }

  mixInto(hash: StateHash): void {
    this.#rollout.mixInto(hash);
    this.#monitoring.mixInto(hash);
  }

  #tellFaults(): void {
    const news = this.#stage.now().simulator.takeFaultNews();
    for (const one of news) if (one.type === 'node-killed') this.#rollout.killed(one.node);
    this.#stage.tell(...news);
  }

  #edit(command: TopologyCommand): DispatchResult {
    const { scenario, ledger } = this.#stage;
    const { simulator, topology: before, seconds } = this.#stage.now();
    const refusal =
      versionRefusal(command, scenario, seconds) ?? this.#rollout.tradeRefusal(command);
    if (refusal !== null) return { ok: false, refusal };
    if (command.type === 'promote-replica' && this.#hasLostItsData(command.id))
      return refused('node-lost', command.id);
    const rules = { catalog: CATALOG, shop: scenario.shop };
    const priced = pricedEdit(before, command, rules, ledger, seconds * 1000);
    if (!priced.ok) return priced;
    const { edit, cost } = priced;
    ledger.pay(command, before, cost, seconds * 1000);
    const lostWrites =
      command.type === 'promote-replica' ? simulator.unappliedWrites(command.id) : 0;
    this.#stage.adopt(edit.topology);
    this.#stage.tell(editNews(command, before, { cost, lostWrites }));
    return { ok: true, undo: edit.undo };
  }

  /** A replica without data has nothing to go on with. */
  #hasLostItsData(id: NodeId): boolean {
    const { topology, simulator } = this.#stage.now();
    const node = topology.nodes.find((other) => other.id === id);
    return node !== undefined && simulator.faultsAt(node).includes('disk-loss');
  }

  #restart(id: NodeId): DispatchResult {
    const { topology, simulator, isOperating } = this.#stage.now();
    const node = topology.nodes.find((other) => other.id === id);
    if (node === undefined) return refused('unknown-node', id);
    if (sizeOf(node) === null) return refused('not-restartable', id);
    if (simulator.isLost(id)) return refused('node-lost', id);
    this.#stage.tell({ type: 'node-restarted', node: id });
    if (isOperating) simulator.restart(id);
    return DONE;
  }

  #drillRefusal(fault: Parameters<typeof drillRefusal>[0]): Refusal | null {
    const { scenario } = this.#stage;
    const { topology, simulator } = this.#stage.now();
    const isTaken = simulator.knowsFault(fault.id);
    return drillRefusal(fault, { topology, drills: scenario.drills ?? false, isTaken });
  }

  #notRunning(subject: string): Refusal | null {
    const { isOperating, isReal } = this.#stage.now();
    if (!isOperating) return { code: 'not-started', subject };
    return isReal ? { code: 'not-in-real-mode', subject } : null;
  }
}
