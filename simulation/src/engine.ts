import { CATALOG } from './components/catalog.ts';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import type { Engine, EngineOptions } from './engine-interface.ts';
import { Simulator } from './execution/simulator.ts';
import { KINDS } from './game-kinds.ts';
import { Journal } from './journal.ts';
import { StateHash } from './kernel/state-hash.ts';
import type {
  Command,
  DispatchResult,
  Happening,
  Measurement,
  NodeId,
  Phase,
  RecordedCommand,
  Result,
  Scenario,
  SimulationEvent,
  Snapshot,
  Topology,
} from './protocol/index.ts';
import { END_TO_END } from './protocol/index.ts';
import { Alerts } from './rules/alerts.ts';
import { departmentNews } from './rules/departments.ts';
import { editNews } from './rules/edit-news.ts';
import { Ledger, tradedNode } from './rules/ledger.ts';
import { endingOf, nextErrorGauge } from './rules/objectives.ts';
import { scoreOf } from './rules/scoring.ts';
import { editTopology, refused, sizeOf, type TopologyCommand } from './rules/topology-edits.ts';
import { Totals } from './rules/totals.ts';
import { offeredLoad, sharesAt } from './rules/traffic.ts';
import { nextUsers } from './rules/users.ts';
import { StageView } from './stage-view.ts';

export type { Engine, EngineOptions } from './engine-interface.ts';

const WINDOW_MS = 1_000;

/** A run at its beginning: the setup phase, with the scenario's topology. The scenario must be free of problems (`scenarioProblems`). */
export function createEngine(options: EngineOptions): Engine {
  return new StageEngine(options);
}

/** What the rules know of the run besides the topology. */
interface StageState {
  phase: Phase;
  users: number;
  usersPerSecond: number;
  errorGauge: number;
  offeredPerSecond: number;
  earnedLastSecond: number;
}

class StageEngine implements Engine {
  readonly #scenario: Scenario;
  readonly #simulator: Simulator;
  readonly #log: RecordedCommand[] = [];
  readonly #ledger: Ledger;
  readonly #view = new StageView();
  readonly #totals = new Totals();
  readonly #alerts: Alerts;
  readonly #state: StageState;
  readonly #hash = new StateHash();
  readonly #journal = new Journal(this.#hash);
  #topology: Topology;
  #revision = 0;
  #newRows: Measurement[] = [];
  #digest: string;

  constructor({ scenario, seed, profile = DEFAULT_PROFILE }: EngineOptions) {
    this.#scenario = scenario;
    this.#topology = scenario.topology;
    this.#alerts = new Alerts(scenario.users.initial);
    this.#ledger = new Ledger(scenario.startingMoney, CATALOG);
    this.#state = {
      phase: 'setup',
      users: scenario.users.initial,
      usersPerSecond: 0,
      errorGauge: 0,
      offeredPerSecond: 0,
      earnedLastSecond: 0,
    };
    this.#simulator = new Simulator({
      kinds: KINDS,
      profile,
      seed,
      classes: scenario.classes,
      data: scenario.data,
      arrivals: scenario.arrivals,
    });
    this.#simulator.setTopology(this.#topology, false);
    this.#hash.mixInt(seed | 0);
    this.#digest = this.#hash.digest();
  }

  get timeMs(): number {
    return this.#simulator.nowMs;
  }

  get log(): readonly RecordedCommand[] {
    return this.#log;
  }

  dispatch(command: Command): DispatchResult {
    const outcome = this.#execute(command);
    if (!outcome.ok) return outcome;
    this.#log.push({ atMs: this.timeMs, command });
    this.#hash.mixText(JSON.stringify(command));
    return outcome;
  }

  advanceTo(timeMs: number): void {
    while (this.#state.phase === 'operation' && this.timeMs < timeMs) {
      const boundaryMs = (Math.floor(this.timeMs / WINDOW_MS) + 1) * WINDOW_MS;
      this.#simulator.runUntil(Math.min(boundaryMs, timeMs));
      if (this.timeMs === boundaryMs) this.#endSecond();
    }
  }

  snapshot(): Snapshot {
    const topology = this.#topology;
    const { earnedLastSecond, ...state } = this.#state;
    return {
      ...state,
      timeMs: this.timeMs,
      revision: this.#revision,
      topology,
      money: this.#ledger.economy.money,
      costPerHour: this.#ledger.costPerHour(topology),
      earnedPerHour: earnedLastSecond * this.#scenario.secondsPerGameHour,
      endToEnd: this.#view.endToEnd,
      nodes: this.#view.nodes(topology, this.#simulator, this.#alerts),
      links: this.#view.links(topology),
      totals: this.#totals.of(this.#ledger.economy),
      stateHash: this.#digest,
    };
  }

  takeEvents(): SimulationEvent[] {
    return this.#journal.take();
  }

  takeMeasurements(): Measurement[] {
    const rows = this.#newRows;
    this.#newRows = [];
    return rows;
  }

  stateHash(): string {
    return this.#digest;
  }

  result(): Result | null {
    const { phase } = this.#state;
    if (phase === 'setup' || phase === 'operation') return null;
    return scoreOf(phase, this.#totals.of(this.#ledger.economy), this.#scenario);
  }

  /** The systems of one second, in their order; all of them read the window's rows. */
  #endSecond(): void {
    const rows = this.#closeWindow();
    const service = rows.find((row) => row.node === END_TO_END) as Measurement;
    this.#tellStarted();
    this.#settleMoney(service);
    this.#changeUsers(service);
    this.#fillGauge(service);
    this.#totals.add(service, this.#state.users, this.#scenario);
    this.#watch(rows);
    this.#tell(...departmentNews(this.#scenario, this.#seconds));
    this.#setLoad();
    this.#endStage();
    this.#hashState();
  }

  #closeWindow(): Measurement[] {
    const topology = this.#topology;
    const rows = this.#simulator.closeWindow(topology, (id) =>
      this.#ledger.nodeCostPerHour(topology, id),
    );
    this.#view.update(rows, this.#simulator.closeLinkWindows(topology));
    this.#newRows.push(...rows);
    return rows;
  }

  get #seconds(): number {
    return this.timeMs / 1000;
  }

  #tellStarted(): void {
    for (const node of this.#simulator.takeStarted()) this.#tell({ type: 'node-started', node });
  }

  #settleMoney(service: Measurement): void {
    const good = service.goodByClass ?? {};
    this.#state.earnedLastSecond = this.#ledger.settle(this.#scenario, this.#topology, good);
  }

  #changeUsers(service: Measurement): void {
    const users = nextUsers(this.#state.users, service, this.#scenario.users);
    this.#state.usersPerSecond = users - this.#state.users;
    this.#state.users = users;
  }

  #fillGauge(service: Measurement): void {
    const { objective } = this.#scenario;
    this.#state.errorGauge = nextErrorGauge(this.#state.errorGauge, service, objective);
  }

  #watch(rows: readonly Measurement[]): void {
    this.#tell(...this.#alerts.watchNodes(rows));
    this.#tell(...this.#alerts.watchStage(this.#standing, this.#scenario));
  }

  get #standing() {
    const { errorGauge, users } = this.#state;
    return { money: this.#ledger.economy.money, errorGauge, users, seconds: this.#seconds };
  }

  #setLoad(): void {
    const perSecond = offeredLoad(this.#scenario, this.#state.users, this.#seconds);
    this.#state.offeredPerSecond = perSecond;
    this.#simulator.setLoad(perSecond, sharesAt(this.#scenario, this.#seconds));
  }

  #endStage(): void {
    const ending = endingOf(this.#standing, this.#scenario);
    if (ending === null) return;
    this.#state.phase = ending;
    this.#tell({ type: 'stage-ended', ending });
  }

  #hashState(): void {
    const { money, users, errorGauge } = this.#standing;
    this.#simulator.mixInto(this.#hash);
    this.#hash.mixFloat(money);
    this.#hash.mixFloat(users);
    this.#hash.mixFloat(errorGauge);
    this.#digest = this.#hash.digest();
  }

  #execute(command: Command): DispatchResult {
    const { phase } = this.#state;
    if (phase !== 'setup' && phase !== 'operation') return refused('stage-over', command.type);
    switch (command.type) {
      case 'start-operation':
        return this.#start();
      case 'restart-node':
        return this.#restart(command.id);
      default:
        return this.#edit(command);
    }
  }

  #start(): DispatchResult {
    if (this.#state.phase !== 'setup') return refused('already-started', 'start-operation');
    this.#state.phase = 'operation';
    this.#tell({ type: 'operation-started' });
    this.#tell(...departmentNews(this.#scenario, 0));
    this.#setLoad();
    return { ok: true, undo: [] };
  }

  #restart(id: NodeId): DispatchResult {
    const node = this.#topology.nodes.find((other) => other.id === id);
    if (node === undefined) return refused('unknown-node', id);
    if (sizeOf(node) === null) return refused('not-restartable', id);
    this.#tell({ type: 'node-restarted', node: id });
    if (this.#state.phase === 'operation') this.#simulator.restart(id);
    return { ok: true, undo: [] };
  }

  #edit(command: TopologyCommand): DispatchResult {
    const before = this.#topology;
    const result = editTopology(before, command, { catalog: CATALOG, shop: this.#scenario.shop });
    if (!result.ok) return result;
    const { topology, undo } = result.edit;
    const cost = this.#ledger.costOf(command, before, topology, this.timeMs);
    const { money } = this.#ledger.economy;
    if (cost > Math.max(0, money)) {
      return refused('not-enough-money', tradedNode(command) ?? command.type, {
        price: cost,
        money,
      });
    }
    this.#ledger.pay(command, before, cost, this.timeMs);
    this.#adopt(topology);
    this.#tell(editNews(command, before, cost));
    return { ok: true, undo };
  }

  #adopt(topology: Topology): void {
    this.#topology = topology;
    this.#revision++;
    this.#simulator.setTopology(topology, this.#state.phase === 'operation');
  }

  #tell(...happenings: readonly Happening[]): void {
    this.#journal.tell(happenings, this.timeMs);
  }
}
