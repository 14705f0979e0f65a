import type { StateHash } from './kernel/state-hash.ts';
import {
  type AlertHappening,
  END_TO_END,
  type Measurement,
  type NodeId,
  type Topology,
} from './protocol/index.ts';
import {
  changes,
  nextAlerts,
  type Sighting,
  USERS_MS,
  type WatchedAlert,
} from './rules/alerting.ts';
import { Tally } from './rules/tally.ts';

/** The stage as monitoring can see it, at the end of a second. */
export interface MonitoredNow {
  readonly topology: Topology;
  /** Scrape rounds that have been completed in the second. */
  readonly rounds: number;
  readonly atMs: number;
  readonly users: number;
  readonly isDeploying: boolean;
  readonly isDown: (id: NodeId) => boolean;
}

/**
 * What a stage's monitoring nodes know and alert to. Nodes count what they do whether or not they are
 * asked, so a round that comes late tells late, of everything since the round before. Without a monitoring
 * node nothing is seen, and the alerts of earlier ones are over.
 */
export class StageMonitoring {
  #alerts: readonly WatchedAlert[] = [];
  readonly #tallies = new Map<NodeId, Tally>();
  readonly #users: { readonly atMs: number; readonly users: number }[] = [];
  #sinceMs: number | null = null;

  /** What the second that has ended, with these rows, gives to tell. */
  watch(rows: readonly Measurement[], now: MonitoredNow): readonly AlertHappening[] {
    if (!now.topology.nodes.some(({ kind }) => kind === 'monitoring')) return this.#forget();
    this.#sinceMs ??= rows[0]?.startMs ?? now.atMs;
    for (const row of rows) this.#tallyOf(row.node).add(row);
    this.#users.push({ atMs: now.atMs, users: now.users });
    while ((this.#users[0]?.atMs ?? now.atMs) < now.atMs - USERS_MS) this.#users.shift();
    if (now.rounds === 0) return [];
    const { alerts, happenings } = nextAlerts(this.#alerts, this.#sighting(now, this.#sinceMs));
    this.#alerts = alerts;
    this.#tallies.clear();
    this.#sinceMs = now.atMs;
    return happenings;
  }

  mixInto(hash: StateHash): void {
    for (const watched of this.#alerts) hash.mixText(JSON.stringify(watched));
  }

  #sighting(now: MonitoredNow, sinceMs: number): Sighting {
    const { topology, atMs, users, isDeploying } = now;
    const nodes = topology.nodes
      .filter(({ kind }) => kind !== 'clients')
      .map(({ id }) => ({ id, isDown: now.isDown(id), ...this.#tallyOf(id).figures }));
    const mostUsers = this.#users.reduce((most, past) => Math.max(most, past.users), 0);
    const service = this.#tallyOf(END_TO_END).figures;
    return { sinceMs, atMs, nodes, service, users, mostUsers, isDeploying };
  }

  #forget(): AlertHappening[] {
    const happenings = changes(this.#alerts, []);
    this.#alerts = [];
    this.#tallies.clear();
    this.#users.length = 0;
    this.#sinceMs = null;
    return happenings;
  }

  #tallyOf(node: NodeId): Tally {
    const tally = this.#tallies.get(node) ?? new Tally();
    this.#tallies.set(node, tally);
    return tally;
  }
}
