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
  RecordedCommand,
  Result,
  Scenario,
  SimulationEvent,
  Snapshot,
  Topology,
  Trace,
} from './protocol/index.ts';
import { END_TO_END } from './protocol/index.ts';
import { type RealCourse, Reality } from './reality.ts';
import { Alerts } from './rules/alerts.ts';
import { Ledger } from './rules/ledger.ts';
import { endingOf, nextErrorGauge } from './rules/objectives.ts';
import { scoreOf } from './rules/scoring.ts';
import { refused } from './rules/topology-edits.ts';
import { Totals } from './rules/totals.ts';
import { offeredLoad, sharesAt } from './rules/traffic.ts';
import { nextUsers } from './rules/users.ts';
import { type OperatedNow, StageOperations } from './stage-operations.ts';
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
  #traceRatio = 0;
  readonly #log: RecordedCommand[] = [];
  readonly #ledger: Ledger;
  readonly #view = new StageView();
  readonly #totals = new Totals();
  readonly #alerts: Alerts;
  readonly #state: StageState;
  readonly #hash = new StateHash();
  readonly #journal = new Journal(this.#hash);
  readonly #operations: StageOperations;
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
    this.#operations = new StageOperations({
      scenario,
      ledger: this.#ledger,
      now: () => this.#operated,
      adopt: (topology) => this.#adopt(topology),
      tell: (...happenings) => this.#tell(...happenings),
    });
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
    const { deployment } = this.#operations;
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
      ...(deployment === null ? {} : { deployment }),
      stateHash: this.#digest,
    };
  }

  takeEvents(): SimulationEvent[] {
    return this.#journal.take();
  }

  trace(sampleRatio: number): void {
    this.#traceRatio = sampleRatio;
    this.#simulator.tracing.sample(sampleRatio);
  }

  takeTraces(): Trace[] {
    return this.#simulator.tracing.take();
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
    const { timeMs } = this;
    if (timeMs % WINDOW_MS !== 0) throw new Error('a run goes real at a full second only');
    this.#simulator = realSimulator(course, this.#scenario, this.#seed, this.#topology, timeMs);
    this.#simulator.tracing.sample(this.#traceRatio);
    this.#reality = new Reality(course);
    this.#operations.enterReality();
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
    this.#operations.tellNodes();
    this.#settle(service);
    this.#totals.add(service, this.#state.users, this.#scenario);
    this.#watch(rows);
    this.#operations.advance(rows);
    this.#operations.watch(rows, this.#state.users);
    this.#operations.tellDepartments();
    this.#setLoad();
    this.#endStage();
    this.#hashState();
  }

  #closeWindow(): Measurement[] {
    const topology = this.#topology;
    const ran = this.#simulator.closeWindow(topology, (id) =>
      this.#ledger.nodeCostPerHour(topology, id),
    );
    const rows = this.#ledger.charge(ran, this.#scenario, topology);
    this.#view.update(rows, this.#simulator.closeLinkWindows(topology));
    this.#newRows.push(...rows);
    return rows;
  }

  get #operated(): OperatedNow {
    return {
      simulator: this.#simulator,
      topology: this.#topology,
      isOperating: this.#state.phase === 'operation',
      isReal: this.#reality !== null,
      seconds: this.#seconds,
    };
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
    this.#operations.mixInto(this.#hash);
    this.#hash.mixFloat(money);
    this.#hash.mixFloat(users);
    this.#hash.mixFloat(errorGauge);
    this.#digest = this.#hash.digest();
  }

  #execute(command: Command): DispatchResult {
    const { phase } = this.#state;
    if (phase !== 'setup' && phase !== 'operation') return refused('stage-over', command.type);
    return command.type === 'start-operation' ? this.#start() : this.#operations.dispatch(command);
  }

  #start(): DispatchResult {
    if (this.#state.phase !== 'setup') return refused('already-started', 'start-operation');
    this.#state.phase = 'operation';
    this.#tell({ type: 'operation-started' });
    this.#operations.tellDepartments();
    this.#setLoad();
    return { ok: true, undo: [] };
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
