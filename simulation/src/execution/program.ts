import { CAUSES, WORKS } from '../protocol/index.ts';
import { INSPECT, LIMIT, NEED_DISK, REFUSE, SHED } from './screening.ts';
import type { Step } from './step.ts';
import { HANDLERS } from './step.ts';

/** Operation codes of the compiled steps; each instruction is three words: code, first, second. */
export const TAKE = 0;
export const GIVE = 1;
export const LOCK = 2;
export const BURST = 3;
export const DRAW_ITEM = 4;
export const DRAW_ROW = 5;
export const LOOK_UP = 6;
export const FILL = 7;
export const FORGET = 8;
export const JUMP_IF_HIT = 9;
export const CALL = 10;
export const REPLICATE = 11;
export const REPLY = 12;
/** Its first word is in microseconds. */
export const DELAY = 13;
export const OBSERVE = 14;
export const COMMIT = 15;
export const LEAD = 16;
export const GIVE_LEASE = 17;
export const HOLD_WRITE = 18;
export const FLUSHED = 19;
export const READ_COPY = 20;
export const WRITE_COPY = 21;
export const COMPOSE = 22;
/** Its second word is 1 for work that is begun again when it fails. */
export const ASIDE = 23;
export const APPEND = 24;
export const HAND_OVER = 25;
export const TAKE_EFFECT = 26;
export const JUMP = 27;
/** A jump for each shard follows. */
export const SHARD_BY_KEY = 28;
export const SHARD_BY_CLASS = 29;
export const KEEP = 30;
export const EXPECT_SUCCESS = 31;
export const COMPENSATED = 32;
/** Its second word is the route that must lead somewhere. */
export const JUMP_IF_LINKED = 33;
export const LOSE_WRITE = 34;
export const OCCUPY = 43;
/** What to be screened by, and the detail: see `screen`. */
export const SCREEN = 60;

export const WORDS = 3;
/** Second word of a CALL: the handler's number shifted by one, lowest bit for an optional call. */
export const AS_ITSELF = HANDLERS.length;
export const AS_REST = AS_ITSELF + 1;

/** Numbers behind the names in one node's steps. */
export interface Names {
  readonly resource: (name: string) => number;
  readonly route: (name: string) => number;
}

/**
 * All programs of a run, one after another. It only grows, so a request in flight goes on in the
 * program it began with while new ones run what the player has built since.
 */
export class ProgramText {
  words = new Int32Array(256);
  /** The step that begins at a word, in words of its own. */
  readonly #labels = new Map<number, string>();
  #length = 0;

  /** Appends steps with a closing REPLY; the answer is where they begin. */
  add(steps: readonly Step[], names: Names): number {
    const entry = this.#length;
    this.#addAll(steps, names);
    this.#emit(REPLY, 0, 0);
    return entry;
  }

  /** What the step that holds an instruction is called, for people to read. */
  labelAt(at: number): string {
    let start = at;
    while (start >= 0 && !this.#labels.has(start)) start -= WORDS;
    return this.#labels.get(start) ?? '';
  }

  #addAll(steps: readonly Step[], names: Names): void {
    for (const step of steps) {
      this.#labels.set(this.#length, labelOf(step));
      this.#addOne(step, names);
    }
  }

  #addOne(step: Step, names: Names): void {
    switch (step.do) {
      case 'take':
        return this.#emit(TAKE, names.resource(step.pool), 0);
      case 'occupy':
        return this.#emit(OCCUPY, names.resource(step.places), 0);
      case 'give':
        return this.#emit(GIVE, 0, 0);
      case 'lock':
        return this.#emit(LOCK, names.resource(step.table), 0);
      case 'burst':
        return this.#emit(BURST, names.resource(step.station), WORKS.indexOf(step.work));
      case 'limit':
        return this.#emit(SCREEN, LIMIT, 0);
      case 'inspect':
        return this.#emit(SCREEN, INSPECT, step.isHostile ? 1 : 0);
      case 'shed':
        return this.#emit(SCREEN, SHED, 0);
      case 'need-disk':
        return this.#emit(SCREEN, NEED_DISK, 0);
      case 'refuse':
        return this.#emit(SCREEN, REFUSE, CAUSES.indexOf(step.cause));
      case 'delay':
        return this.#emit(DELAY, Math.round(step.ms * 1000), 0);
      case 'draw':
        return this.#emit(step.from === 'items' ? DRAW_ITEM : DRAW_ROW, 0, 0);
      case 'look-up':
        return this.#emit(LOOK_UP, names.resource(step.store), 0);
      case 'fill':
        return this.#emit(FILL, names.resource(step.store), 0);
      case 'forget':
        return this.#emit(FORGET, names.resource(step.store), 0);
      case 'lease': {
        const table = names.resource(step.table);
        this.#emit(LOCK, table, 0);
        return this.#emit(LEAD, table, 0);
      }
      case 'give-lease':
        return this.#emit(GIVE_LEASE, 0, 0);
      case 'hold-write':
        return this.#emit(HOLD_WRITE, 0, 0);
      case 'flushed':
        return this.#emit(FLUSHED, 0, 0);
      case 'read-copy':
        return this.#emit(READ_COPY, 0, 0);
      case 'write-copy':
        return this.#emit(WRITE_COPY, 0, 0);
      case 'unless-hit':
        return this.#addBranch(step.steps, names);
      case 'call': {
        const itself = step.isRest ? AS_REST : AS_ITSELF;
        const handler = step.handler === undefined ? itself : HANDLERS.indexOf(step.handler);
        return this.#emit(CALL, names.route(step.route), handler * 2 + (step.optional ? 1 : 0));
      }
      case 'shard':
        return this.#addShards(step, names);
      case 'keep':
        return this.#emit(KEEP, 0, 0);
      case 'expect-success':
        return this.#emit(EXPECT_SUCCESS, 0, 0);
      case 'until-hit':
        return this.#addLoop(step, names);
      case 'compensated':
        return this.#emit(COMPENSATED, 0, 0);
      case 'observe':
        return this.#emit(OBSERVE, 0, 0);
      case 'commit':
        return this.#emit(COMMIT, step.durable ? 1 : 0, 0);
      case 'replicate':
        return this.#emit(REPLICATE, names.route(step.route), step.wait ? 1 : 0);
      case 'compose':
        return this.#emit(COMPOSE, step.kib, 0);
      case 'aside':
        return this.#addAside(step.steps, names);
      case 'append':
        return this.#emit(APPEND, 0, 0);
      case 'hand-over':
        return this.#emit(HAND_OVER, 0, 0);
      case 'take-effect':
        return this.#emit(TAKE_EFFECT, 0, 0);
    }
  }

  #addLoop({ steps, route }: Extract<Step, { do: 'until-hit' }>, names: Names): void {
    const start = this.#length;
    this.#addAll(steps, names);
    this.#emit(JUMP_IF_HIT, this.#length + 3 * WORDS, 0);
    this.#emit(JUMP_IF_LINKED, start, names.route(route));
    this.#emit(LOSE_WRITE, 0, 0);
  }

  /** A jump for each shard, to its steps; these end with a jump behind them all. */
  #addShards({ by, shards }: Extract<Step, { do: 'shard' }>, names: Names): void {
    this.#emit(by === 'key' ? SHARD_BY_KEY : SHARD_BY_CLASS, shards.length, 0);
    const table = this.#length;
    for (const _ of shards) this.#emit(JUMP, 0, 0);
    const ends = shards.map((steps, i) => {
      this.words[table + i * WORDS + 1] = this.#length;
      this.#addAll(steps, names);
      this.#emit(JUMP, 0, 0);
      return this.#length - WORDS;
    });
    for (const end of ends) this.words[end + 1] = this.#length;
  }

  #addBranch(steps: readonly Step[], names: Names): void {
    const branch = this.#length;
    this.#emit(JUMP_IF_HIT, 0, 0);
    this.#addAll(steps, names);
    this.words[branch + 1] = this.#length;
  }

  #addAside(steps: readonly Step[], names: Names): void {
    const aside = this.#length;
    this.#emit(ASIDE, 0, steps.some((step) => step.do === 'until-hit') ? 1 : 0);
    this.#addAll(steps, names);
    this.#emit(REPLY, 0, 0);
    this.words[aside + 1] = this.#length;
  }

  #emit(code: number, first: number, second: number): void {
    if (this.#length + WORDS > this.words.length) {
      const longer = new Int32Array(this.words.length * 2);
      longer.set(this.words);
      this.words = longer;
    }
    this.words[this.#length] = code;
    this.words[this.#length + 1] = first;
    this.words[this.#length + 2] = second;
    this.#length += WORDS;
  }
}

/** A step's words: what it does, to which of the node's resources or routes, for what work. */
function labelOf(step: Step): string {
  return Object.values(step)
    .filter((word) => typeof word === 'string')
    .join(' ');
}
