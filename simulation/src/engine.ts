import { CATALOG } from './components/catalog.ts';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import type { Engine, EngineOptions } from './engine-interface.ts';
import type { Simulator } from './execution/simulator.ts';
import { gameSimulator, realSimulator } from './game-simulator.ts';
import { Journal } from './journal.ts';
import { StateHash } from './kernel/state-hash.ts';
import type {
  Command,
  DispatchResult,
  Happening,
  Judge,
  Measurement,
  NodeId,
  RecordedCommand,
  Result,
  Scenario,
  SimulationEvent,
  Snapshot,
  Topology,
} from './protocol/index.ts';
import { END_TO_END } from './protocol/index.ts';
import { type RealCourse, Reality } from './reality.ts';
import { Alerts } from './rules/alerts.ts';
import { departmentNews } from './rules/departments.ts';
import { editNews } from './rules/edit-news.ts';
import { Ledger } from './rules/ledger.ts';
import { endingOf, nextErrorGauge } from './rules/objectives.ts';
import { pricedEdit } from './rules/priced-edit.ts';
import { scoreOf } from './rules/scoring.ts';
import { refused, sizeOf, type TopologyCommand } from './rules/topology-edits.ts';
import { Totals } from './rules/totals.ts';
import { offeredLoad, sharesAt } from './rules/traffic.ts';
import { nextUsers } from './rules/users.ts';
import { initialState, type StageState } from './stage-state.ts';
import { StageView } from './stage-view.ts';

export type { Engine, EngineOptions } from './engine-interface.ts';

const WINDOW_MS = 1_000;

/** A run at its beginning: the setup phase, with the scenario's topology. The scenario must be free of problems (`scenarioProblems`). */
export function createEngine(options: EngineOptions): Engine {
  return new StageEngine(options);
}

class StageEngine implements Engine {
  readonly #scenario: Scenario;
  readonly #seed: number;
  #simulator: Simulator;
  #reality: Reality | null = null;
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
    this.#seed = seed;
    this.#topology = scenario.topology;
    this.#alerts = new Alerts(scenario.users.initial);
    this.#ledger = new Ledger(scenario.startingMoney, CATALOG);
    this.#state = initialState(scenario);
    this.#simulator = gameSimulator(scenario, seed, profile);
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

  get wantedPerSecond(): number {
    return offeredLoad(this.#scenario, this.#state.users, this.#seconds);
  }

  enterReality(course: RealCourse): void {
    if (this.timeMs % WINDOW_MS !== 0) throw new Error('a run goes real at a full second only');
    this.#simulator = realSimulator(
      course,
      this.#scenario,
      this.#seed,
      this.#topology,
      this.timeMs,
    );
    this.#reality = new Reality(course);
    this.loadChanged();
  }

  loadChanged(): void {
    if (this.#state.phase === 'operation') this.#setLoad();
  }

  setJudge(judge: Judge): void {
    if (this.#reality !== null) this.#reality.judge = judge;
  }

  addMeasured(row: Measurement): void {
    this.#reality?.add(row);
  }

  result(): Result | null {
    const { phase } = this.#state;
    if (phase === 'setup' || phase === 'operation') return null;
    return scoreOf(phase, this.#totals.of(this.#ledger.economy), this.#scenario);
  }

  /** The systems of one second, in their order; all of them read the window's rows. */
  #endSecond(): void {
    const rows = this.#closeWindow();
    const predicted = rows.find((row) => row.node === END_TO_END) as Measurement;
    const service = this.#reality?.judged(predicted) ?? predicted;
    this.#tell(
      ...this.#simulator.takeStarted().map((node) => ({ type: 'node-started', node }) as const),
    );
    this.#settle(service);
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

  /** Money, users and the error gauge, each from the window that the second is judged by. */
  #settle(service: Measurement): void {
    const state = this.#state;
    const { users: rules, objective } = this.#scenario;
    const good = service.goodByClass ?? {};
    state.earnedLastSecond = this.#ledger.settle(this.#scenario, this.#topology, good);
    const users = nextUsers(state.users, service, rules);
    state.usersPerSecond = users - state.users;
    state.users = users;
    state.errorGauge = nextErrorGauge(state.errorGauge, service, objective);
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
    const perSecond = this.#reality?.loadAt(this.#seconds) ?? this.wantedPerSecond;
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
    const rules = { catalog: CATALOG, shop: this.#scenario.shop };
    const priced = pricedEdit(before, command, rules, this.#ledger, this.timeMs);
    if (!priced.ok) return priced;
    const { edit, cost } = priced;
    this.#ledger.pay(command, before, cost, this.timeMs);
    this.#adopt(edit.topology);
    this.#tell(editNews(command, before, cost));
    return { ok: true, undo: edit.undo };
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
