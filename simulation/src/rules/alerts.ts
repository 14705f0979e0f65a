import type { Cause, Happening, Limit, Measurement, NodeId, Scenario } from '../protocol/index.ts';
import { CAUSES, END_TO_END } from '../protocol/index.ts';
import { limitOf } from './limits.ts';

/** Seconds a limit must hold before it is told, and be gone before the node counts as free. */
const TELL_AFTER = 2;
/** Seconds without drops after which they count as over. */
const QUIET_SECONDS = 5;
const GAUGE_MARKS = [50, 80];

interface NodeAlert {
  limit: Limit | null;
  sinceMs: number;
  seconds: number;
  freeSeconds: number;
  told: boolean;
  readonly drops: Map<Cause, { count: number; quietSeconds: number }>;
}

/** Watches the rows and tells what an operator would be paged for, once when it begins and once when it ends. */
export class Alerts {
  readonly #nodes = new Map<NodeId, NodeAlert>();
  #moneyLow = false;
  #gauge = 0;
  #nextUsers: number;

  constructor(initialUsers: number) {
    this.#nextUsers = nextMilestone(initialUsers);
  }

  /** What holds a node back, and since when. */
  limitedBy(node: NodeId): { readonly limit: Limit; readonly sinceMs: number } | null {
    const alert = this.#nodes.get(node);
    return alert?.limit ? { limit: alert.limit, sinceMs: alert.sinceMs } : null;
  }

  watchNodes(rows: readonly Measurement[]): Happening[] {
    const present = new Set(rows.map((row) => row.node));
    for (const id of this.#nodes.keys()) if (!present.has(id)) this.#nodes.delete(id);
    return rows
      .filter((row) => row.node !== END_TO_END)
      .flatMap((row) => {
        const alert = this.#alert(row);
        return [...watchDrops(row, alert), ...watchLimit(row, alert)];
      });
  }

  watchStage(
    state: { readonly money: number; readonly errorGauge: number; readonly users: number },
    scenario: Scenario,
  ): Happening[] {
    const happenings: Happening[] = [];
    const low = state.money < scenario.bankruptcyFloor + scenario.startingMoney * 0.1;
    if (low && !this.#moneyLow) happenings.push({ type: 'money-low', money: state.money });
    this.#moneyLow = low;
    for (const percent of GAUGE_MARKS) {
      if (this.#gauge * 100 < percent && state.errorGauge * 100 >= percent) {
        happenings.push({ type: 'error-gauge-passed', percent });
      }
    }
    this.#gauge = state.errorGauge;
    while (state.users >= this.#nextUsers) {
      happenings.push({ type: 'users-reached', users: this.#nextUsers });
      this.#nextUsers = nextMilestone(this.#nextUsers);
    }
    return happenings;
  }

  #alert(row: Measurement): NodeAlert {
    let alert = this.#nodes.get(row.node);
    if (alert === undefined) {
      alert = {
        limit: null,
        sinceMs: 0,
        seconds: 0,
        freeSeconds: 0,
        told: false,
        drops: new Map(),
      };
      this.#nodes.set(row.node, alert);
    }
    return alert;
  }
}

function watchLimit(row: Measurement, alert: NodeAlert): Happening[] {
  const limit = limitOf(row);
  if (limit !== null) {
    if (alert.limit === null) {
      alert.sinceMs = row.startMs;
      alert.seconds = 0;
    }
    alert.limit = limit;
    alert.seconds++;
    alert.freeSeconds = 0;
    if (alert.told || alert.seconds < TELL_AFTER) return [];
    alert.told = true;
    return [{ type: 'node-overloaded', node: row.node, limit }];
  }
  alert.freeSeconds++;
  if (alert.limit === null || alert.freeSeconds < TELL_AFTER) return [];
  alert.limit = null;
  if (!alert.told) return [];
  alert.told = false;
  return [{ type: 'node-recovered', node: row.node }];
}

function watchDrops(row: Measurement, alert: NodeAlert): Happening[] {
  const happenings: Happening[] = [];
  for (const cause of CAUSES) {
    if (cause === 'dependency-failed') continue;
    const count = row.errors[cause] ?? 0;
    const spell = alert.drops.get(cause);
    if (count > 0) {
      if (spell === undefined) {
        alert.drops.set(cause, { count, quietSeconds: 0 });
        happenings.push({ type: 'requests-dropped', node: row.node, cause, count });
      } else {
        spell.count += count;
        spell.quietSeconds = 0;
      }
    } else if (spell !== undefined && ++spell.quietSeconds >= QUIET_SECONDS) {
      alert.drops.delete(cause);
      happenings.push({ type: 'drops-ended', node: row.node, cause, count: spell.count });
    }
  }
  return happenings;
}

/** The next of 100, 200, 500, 1000, 2000 … above a number of users. */
function nextMilestone(users: number): number {
  let decade = 100;
  for (;;) {
    for (const step of [1, 2, 5]) if (step * decade > users) return step * decade;
    decade *= 10;
  }
}
