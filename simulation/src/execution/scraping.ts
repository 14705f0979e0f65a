import type { EventQueue } from '../kernel/event-queue.ts';
import type { StateHash } from '../kernel/state-hash.ts';
import type { Timers } from '../primitives/timers.ts';
import type { TopologyNode } from '../protocol/index.ts';
import { ANSWERED } from './event-kind.ts';
import { type RequestTable, SCRAPE } from './request-table.ts';
import type { RunningNode } from './running-node.ts';
import { HANDLERS } from './step.ts';

const SCRAPE_HANDLER = HANDLERS.indexOf('scrape');

export interface ScrapingOptions {
  readonly queue: EventQueue;
  readonly requests: RequestTable;
  readonly timers: Timers;
  /** How often a node asks the others how they are; null for one that does not. */
  readonly scrapeMs: (node: TopologyNode) => number | null;
}

/**
 * Lets nodes ask all others how they are, round by round. A round is background work of the node that
 * asks, one piece with the handler `scrape` for every other node; it is over when all of them are done.
 */
export class Scraping {
  readonly #o: ScrapingOptions;
  /** By node number. */
  readonly #scrapers = new Map<number, Scraper>();
  #completed = 0;

  constructor(options: ScrapingOptions) {
    this.#o = options;
  }

  /** The topology is another one. */
  follow(nodes: readonly RunningNode[], nowMs: number): void {
    const present = new Set(nodes.map(({ number }) => number));
    for (const number of this.#scrapers.keys()) {
      if (!present.has(number)) this.#scrapers.delete(number);
    }
    for (const node of nodes) {
      const everyMs = this.#o.scrapeMs(node.node);
      if (everyMs !== null) this.#scraperOf(node).configure(everyMs, nodes.length - 1, nowMs);
    }
  }

  /** One node's answer is judged, or lost with the node that asked. */
  ended(node: RunningNode, ok: boolean): void {
    if (this.#scrapers.get(node.number)?.ended(ok)) this.#completed++;
  }

  /** Rounds that have been completed since the last call. */
  takeCompleted(): number {
    const completed = this.#completed;
    this.#completed = 0;
    return completed;
  }

  mixInto(hash: StateHash): void {
    for (const scraper of this.#scrapers.values()) scraper.mixInto(hash);
  }

  #scraperOf(node: RunningNode): Scraper {
    const known = this.#scrapers.get(node.number);
    if (known !== undefined) return known;
    const scraper = new Scraper(this.#o, node);
    this.#scrapers.set(node.number, scraper);
    return scraper;
  }
}

/** The rounds of one node. One that is not over when the next is due takes its place. */
class Scraper {
  readonly #o: ScrapingOptions;
  readonly #node: RunningNode;
  readonly #timer: number;
  #everyMs = 0;
  #others = 0;
  /** Pieces of the present round that are not done, and whether one of its pieces was lost. */
  #pending = 0;
  #isBroken = false;

  constructor(options: ScrapingOptions, node: RunningNode) {
    this.#o = options;
    this.#node = node;
    this.#timer = options.timers.create(node.number, (nowMs) => this.#ring(nowMs));
  }

  configure(everyMs: number, others: number, nowMs: number): void {
    this.#others = others;
    if (everyMs === this.#everyMs) return;
    this.#everyMs = everyMs;
    this.#o.timers.arm(this.#timer, nowMs + everyMs);
  }

  /** Whether that has completed the round. */
  ended(ok: boolean): boolean {
    this.#pending--;
    if (!ok) this.#isBroken = true;
    return this.#pending === 0 && !this.#isBroken;
  }

  mixInto(hash: StateHash): void {
    hash.mixInt(this.#pending);
  }

  #ring(nowMs: number): void {
    this.#o.timers.arm(this.#timer, nowMs + this.#everyMs);
    if (!this.#node.ready || this.#pending > 0) return;
    this.#isBroken = false;
    this.#pending = this.#others;
    for (let i = 0; i < this.#others; i++) this.#ask(nowMs);
  }

  #ask(nowMs: number): void {
    const { queue, requests } = this.#o;
    const entry = this.#node.handlerEntries[SCRAPE_HANDLER] as number;
    queue.push(nowMs, ANSWERED, requests.begin(SCRAPE, this.#node, entry, nowMs).row, 0);
  }
}
