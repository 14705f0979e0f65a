import { WORKS } from '../protocol/index.ts';
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
export const BROADCAST = 11;
export const REPLY = 12;

export const WORDS = 3;
/** Second word of a CALL: the handler's number shifted by one, lowest bit for an optional call. */
export const AS_ITSELF = HANDLERS.length;

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
  #length = 0;

  /** Appends steps with a closing REPLY; the answer is where they begin. */
  add(steps: readonly Step[], names: Names): number {
    const entry = this.#length;
    this.#addAll(steps, names);
    this.#emit(REPLY, 0, 0);
    return entry;
  }

  #addAll(steps: readonly Step[], names: Names): void {
    for (const step of steps) this.#addOne(step, names);
  }

  #addOne(step: Step, names: Names): void {
    switch (step.do) {
      case 'take':
        return this.#emit(TAKE, names.resource(step.pool), 0);
      case 'give':
        return this.#emit(GIVE, 0, 0);
      case 'lock':
        return this.#emit(LOCK, names.resource(step.table), 0);
      case 'burst':
        return this.#emit(BURST, names.resource(step.station), WORKS.indexOf(step.work));
      case 'draw':
        return this.#emit(step.from === 'items' ? DRAW_ITEM : DRAW_ROW, 0, 0);
      case 'look-up':
        return this.#emit(LOOK_UP, names.resource(step.store), 0);
      case 'fill':
        return this.#emit(FILL, names.resource(step.store), 0);
      case 'forget':
        return this.#emit(FORGET, names.resource(step.store), 0);
      case 'unless-hit':
        return this.#addBranch(step.steps, names);
      case 'call': {
        const handler = step.handler === undefined ? AS_ITSELF : HANDLERS.indexOf(step.handler);
        return this.#emit(CALL, names.route(step.route), handler * 2 + (step.optional ? 1 : 0));
      }
      case 'broadcast':
        return this.#emit(BROADCAST, names.route(step.route), HANDLERS.indexOf(step.handler));
    }
  }

  #addBranch(steps: readonly Step[], names: Names): void {
    const branch = this.#length;
    this.#emit(JUMP_IF_HIT, 0, 0);
    this.#addAll(steps, names);
    this.words[branch + 1] = this.#length;
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
