import { editCost, type Scenario } from '../protocol/index.ts';

/** The run's money, in dollars. */
export interface Economy {
  money: number;
  spentOnBuilding: number;
  spentOnRunning: number;
  refunded: number;
  earned: number;
}

/** The purse at the beginning of a stage. */
export function createEconomy(startingMoney: number): Economy {
  return { money: startingMoney, spentOnBuilding: 0, spentOnRunning: 0, refunded: 0, earned: 0 };
}

/**
 * Prices of the edits made at one instant. While time stands still only the net change of a node's
 * worth is paid for, so that what is taken back at once costs nothing.
 */
export class InstantPrices {
  readonly #before = new Map<string, number>();
  #atMs = -1;

  /** Cost of taking the worth of an article (a node of a kind) from `from` to `to` now. */
  cost(article: string, from: number, to: number, nowMs: number): number {
    const start = nowMs === this.#atMs ? (this.#before.get(article) ?? from) : from;
    return editCost(start, from, to);
  }

  /** Remembers what an article was worth before its first edit of this instant. */
  record(article: string, from: number, nowMs: number): void {
    if (nowMs !== this.#atMs) {
      this.#before.clear();
      this.#atMs = nowMs;
    }
    if (!this.#before.has(article)) this.#before.set(article, from);
  }
}

/** Pays the price of a change, or takes its refund where `cost` is negative. */
export function payForEdit(economy: Economy, cost: number): void {
  economy.money -= cost;
  if (cost > 0) economy.spentOnBuilding += cost;
  else economy.refunded -= cost;
}

/** Running cost and revenue of one second of play. */
export function settleSecond(
  economy: Economy,
  scenario: Scenario,
  costPerHour: number,
  goodByClass: Readonly<Record<string, number>>,
): number {
  const cost = costPerHour / scenario.secondsPerGameHour;
  let earned = 0;
  for (const [name, requestClass] of Object.entries(scenario.classes)) {
    earned += requestClass.revenue * (goodByClass[name] ?? 0);
  }
  economy.money += earned - cost;
  economy.spentOnRunning += cost;
  economy.earned += earned;
  return earned;
}
