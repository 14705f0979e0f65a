import { CATALOG, COMPONENTS, sizeEntry } from './components/catalog.ts';
import { DEFAULT_PROFILE } from './components/default-profile.ts';
import type { Component } from './execution/component.ts';
import type { Kinds } from './execution/running-topology.ts';
import { Simulator } from './execution/simulator.ts';
import { StateHash } from './kernel/state-hash.ts';
import type {
  Command,
  DispatchResult,
  Happening,
  LinkView,
  Measurement,
  NodeId,
  NodeKind,
  NodeView,
  Phase,
  Profile,
  RecordedCommand,
  Refusal,
  Result,
  Scenario,
  SimulationEvent,
  Snapshot,
  Topology,
  TopologyNode,
} from './protocol/index.ts';
import { END_TO_END, linkKey } from './protocol/index.ts';
import { Alerts } from './rules/alerts.ts';
import { departmentNews } from './rules/departments.ts';
import {
  createEconomy,
  type Economy,
  InstantPrices,
  payForEdit,
  settleSecond,
} from './rules/economy.ts';
import { endingOf, nextErrorGauge } from './rules/objectives.ts';
import { scoreOf } from './rules/scoring.ts';
import { editTopology, refusal, sizeOf } from './rules/topology-edits.ts';
import { Totals } from './rules/totals.ts';
import { offeredLoad, sharesAt } from './rules/traffic.ts';
import { nextUsers } from './rules/users.ts';

const WINDOW_MS = 1_000;

export interface EngineOptions {
  readonly scenario: Scenario;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  readonly profile?: Profile;
}

/** One run of one scenario. Time stands still until `start-operation`. */
export interface Engine {
  readonly timeMs: number;
  /** Every accepted command with its time; with scenario and seed it repeats the run. */
  readonly log: readonly RecordedCommand[];
  /** Applies a command at the present instant, or says why not; a refusal changes nothing. */
  dispatch(command: Command): DispatchResult;
  /** Plays up to an instant; stops earlier at the stage's end. Times in the past do nothing. */
  advanceTo(timeMs: number): void;
  snapshot(): Snapshot;
  /** What has happened since the last call. */
  takeEvents(): SimulationEvent[];
  /** Rows of the windows (one second each) that closed since the last call. */
  takeMeasurements(): Measurement[];
  /** Hash of the whole state at the last full second, 16 hex digits. */
  stateHash(): string;
  /** The verdict; null while the stage goes on. */
  result(): Result | null;
}

const KINDS: Kinds = {
  components: COMPONENTS as unknown as Readonly<Record<NodeKind, Component>>,
  sizeEntry: (node) => sizeEntry(node.kind, sizeOf(node)),
  startupMs: (kind) => CATALOG[kind].startupMs,
};

/** A run at its beginning: the setup phase, with the scenario's topology. The scenario must be free of problems (`scenarioProblems`). */
export function createEngine(options: EngineOptions): Engine {
  return new StageEngine(options);
}

/** What the rules know of the run besides the topology. */
interface StageState {
  phase: Phase;
  economy: Economy;
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
  readonly #prices = new InstantPrices();
  readonly #totals = new Totals();
  readonly #alerts: Alerts;
  readonly #state: StageState;
  readonly #hash = new StateHash();
  #topology: Topology;
  #revision = 0;
  #eventNumber = 0;
  #events: SimulationEvent[] = [];
  #newRows: Measurement[] = [];
  #rows = new Map<string, Measurement>();
  #links: LinkView[] = [];
  #starting = new Set<NodeId>();
  #digest: string;

  constructor({ scenario, seed, profile = DEFAULT_PROFILE }: EngineOptions) {
    this.#scenario = scenario;
    this.#topology = scenario.topology;
    this.#alerts = new Alerts(scenario.users.initial);
    this.#state = {
      phase: 'setup',
      economy: createEconomy(scenario.startingMoney),
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
    const { economy, ...state } = this.#state;
    return {
      timeMs: this.timeMs,
      phase: state.phase,
      revision: this.#revision,
      topology: this.#topology,
      money: economy.money,
      costPerHour: this.#costPerHour(),
      earnedPerHour: state.earnedLastSecond * this.#scenario.secondsPerGameHour,
      users: state.users,
      usersPerSecond: state.usersPerSecond,
      errorGauge: state.errorGauge,
      offeredPerSecond: state.offeredPerSecond,
      endToEnd: this.#rows.get(END_TO_END) ?? null,
      nodes: this.#topology.nodes.map((node) => this.#view(node)),
      links: this.#topology.links.map((link) => this.#linkView(link.from, link.to)),
      totals: this.#totals.of(economy),
      stateHash: this.#digest,
    };
  }

  takeEvents(): SimulationEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
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
    const { phase, economy } = this.#state;
    if (phase === 'setup' || phase === 'operation') return null;
    return scoreOf(phase, this.#totals.of(economy), this.#scenario);
  }

  /** The systems of one second, in their order. */
  #endSecond(): void {
    const rows = this.#simulator.closeWindow(this.#topology, (id) => this.#nodeCost(id));
    const service = rows.find((row) => row.node === END_TO_END) as Measurement;
    this.#links = this.#simulator.closeLinkWindows(this.#topology);
    this.#newRows.push(...rows);
    this.#rows = new Map(rows.map((row) => [row.node, row]));
    this.#tellStarted();
    this.#settleMoney(service);
    this.#changeUsers(service);
    this.#state.errorGauge = nextErrorGauge(
      this.#state.errorGauge,
      service,
      this.#scenario.objective,
    );
    this.#totals.add(service, this.#state.users, this.#scenario);
    for (const news of this.#alerts.watchNodes(rows)) this.#tell(news);
    const { economy, errorGauge, users } = this.#state;
    const stage = { money: economy.money, errorGauge, users };
    for (const news of this.#alerts.watchStage(stage, this.#scenario)) this.#tell(news);
    for (const news of departmentNews(this.#scenario, this.#seconds)) this.#tell(news);
    this.#setLoad();
    this.#endStage();
    this.#hashState();
  }

  get #seconds(): number {
    return this.timeMs / 1000;
  }

  #tellStarted(): void {
    for (const id of this.#starting) {
      if (!this.#simulator.isReady(id)) continue;
      this.#starting.delete(id);
      this.#tell({ type: 'node-started', node: id });
    }
  }

  #settleMoney(service: Measurement): void {
    const { economy } = this.#state;
    const costPerHour = this.#costPerHour();
    const good = service.goodByClass ?? {};
    this.#state.earnedLastSecond = settleSecond(economy, this.#scenario, costPerHour, good);
  }

  #changeUsers(service: Measurement): void {
    const users = nextUsers(this.#state.users, service, this.#scenario.users);
    this.#state.usersPerSecond = users - this.#state.users;
    this.#state.users = users;
  }

  #setLoad(): void {
    const perSecond = offeredLoad(this.#scenario, this.#state.users, this.#seconds);
    this.#state.offeredPerSecond = perSecond;
    this.#simulator.setLoad(perSecond, sharesAt(this.#scenario, this.#seconds));
  }

  #endStage(): void {
    const { economy, errorGauge } = this.#state;
    const state = { errorGauge, money: economy.money, seconds: this.#seconds };
    const ending = endingOf(state, this.#scenario);
    if (ending === null) return;
    this.#state.phase = ending;
    this.#tell({ type: 'stage-ended', ending });
  }

  #hashState(): void {
    const { economy, users, errorGauge } = this.#state;
    this.#simulator.mixInto(this.#hash);
    this.#hash.mixFloat(economy.money);
    this.#hash.mixFloat(users);
    this.#hash.mixFloat(errorGauge);
    this.#digest = this.#hash.digest();
  }

  #execute(command: Command): DispatchResult {
    const { phase } = this.#state;
    if (phase !== 'setup' && phase !== 'operation') return no(refusal('stage-over', command.type));
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
    if (this.#state.phase !== 'setup') return no(refusal('already-started', 'start-operation'));
    this.#state.phase = 'operation';
    this.#tell({ type: 'operation-started' });
    for (const news of departmentNews(this.#scenario, 0)) this.#tell(news);
    this.#setLoad();
    return { ok: true, undo: [] };
  }

  #restart(id: NodeId): DispatchResult {
    const node = this.#topology.nodes.find((other) => other.id === id);
    if (node === undefined) return no(refusal('unknown-node', id));
    if (sizeOf(node) === null) return no(refusal('not-restartable', id));
    this.#tell({ type: 'node-restarted', node: id });
    if (this.#state.phase === 'operation') {
      this.#simulator.restart(id);
      this.#starting.add(id);
    }
    return { ok: true, undo: [] };
  }

  #edit(command: Parameters<typeof editTopology>[1]): DispatchResult {
    const before = this.#topology;
    const result = editTopology(before, command, { catalog: CATALOG, shop: this.#scenario.shop });
    if (!result.ok) return result;
    const { topology, undo } = result.edit;
    const id = editedNode(command);
    const from = worth(before, id);
    const to = worth(topology, id);
    const cost = id === null ? 0 : this.#prices.cost(id, from, to, this.timeMs);
    const { economy } = this.#state;
    if (cost > 0 && cost > economy.money) {
      const details = { price: cost, money: economy.money };
      return no(refusal('not-enough-money', id ?? command.type, details));
    }
    if (id !== null) this.#prices.record(id, from, this.timeMs);
    payForEdit(economy, cost);
    this.#adopt(topology);
    this.#tellEdit(command, before, cost);
    return { ok: true, undo };
  }

  #adopt(topology: Topology): void {
    const before = new Set(this.#topology.nodes.map((node) => node.id));
    this.#topology = topology;
    this.#revision++;
    const operating = this.#state.phase === 'operation';
    this.#simulator.setTopology(topology, operating);
    const present = new Set(topology.nodes.map((node) => node.id));
    for (const id of this.#starting) if (!present.has(id)) this.#starting.delete(id);
    if (operating) for (const id of present) if (!before.has(id)) this.#starting.add(id);
  }

  #tellEdit(command: Parameters<typeof editTopology>[1], before: Topology, cost: number): void {
    switch (command.type) {
      case 'place-node': {
        const { id, kind } = command.node;
        return this.#tell({ type: 'node-placed', node: id, kind, paid: cost });
      }
      case 'clone-node': {
        const kind = (before.nodes.find((node) => node.id === command.id) as TopologyNode).kind;
        return this.#tell({ type: 'node-placed', node: command.newId, kind, paid: cost });
      }
      case 'remove-node':
        return this.#tell({ type: 'node-removed', node: command.id, refund: -cost });
      case 'move-node':
        return this.#tell({ type: 'node-moved', node: command.id });
      case 'configure-node':
        return this.#tell({ type: 'node-configured', node: command.id });
      case 'resize-node': {
        const node = before.nodes.find((other) => other.id === command.id) as TopologyNode;
        const from = sizeOf(node) ?? command.size;
        const { id, size: to } = command;
        return this.#tell({ type: 'node-resized', node: id, from, to, paid: cost });
      }
      case 'connect':
        return this.#tell({ type: 'link-connected', link: linkKey(command) });
      case 'disconnect':
        return this.#tell({ type: 'link-disconnected', link: linkKey(command) });
    }
  }

  #tell(happening: Happening): void {
    const event = { ...happening, atMs: this.timeMs, seq: this.#eventNumber++ };
    this.#events.push(event);
    this.#hash.mixText(JSON.stringify(event));
  }

  #costPerHour(): number {
    return this.#topology.nodes.reduce((sum, node) => sum + this.#nodeCost(node.id), 0);
  }

  #nodeCost(id: NodeId): number {
    const node = this.#topology.nodes.find((other) => other.id === id);
    return node === undefined ? 0 : (sizeEntry(node.kind, sizeOf(node))?.costPerHour ?? 0);
  }

  #view(node: TopologyNode): NodeView {
    const measurement = this.#rows.get(node.kind === 'clients' ? END_TO_END : node.id) ?? null;
    const { 'dependency-failed': _, ...dropped } = measurement?.errors ?? {};
    return {
      id: node.id,
      state: this.#simulator.isReady(node.id) ? 'ready' : 'starting',
      measurement,
      limitedBy: this.#alerts.limitedBy(node.id),
      dropped: node.kind === 'clients' ? {} : dropped,
      lockWaits: this.#simulator.lockWaits(node.id),
    };
  }

  #linkView(from: NodeId, to: NodeId): LinkView {
    return (
      this.#links.find((link) => link.from === from && link.to === to) ?? {
        from,
        to,
        calls: {},
        failed: 0,
        meanMs: null,
      }
    );
  }
}

/** The node whose worth a command may change. */
function editedNode(command: Parameters<typeof editTopology>[1]): NodeId | null {
  switch (command.type) {
    case 'place-node':
      return command.node.id;
    case 'clone-node':
      return command.newId;
    case 'remove-node':
    case 'resize-node':
      return command.id;
    default:
      return null;
  }
}

/** What a node's present size costs to build, 0 when it does not exist. */
function worth(topology: Topology, id: NodeId | null): number {
  const node = topology.nodes.find((other) => other.id === id);
  return node === undefined ? 0 : (sizeEntry(node.kind, sizeOf(node))?.price ?? 0);
}

function no(reason: Refusal): DispatchResult {
  return { ok: false, refusal: reason };
}
