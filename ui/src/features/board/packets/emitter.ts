import { SPRITE_OPERATIONS, spriteOf } from './sprites.ts';

const OPERATION_COUNT = SPRITE_OPERATIONS.length;
/** Share of the mean distance by which marks are moved from even spacing. */
const JITTER = 0.5;
/** How fast rates and speeds follow the newest snapshot, per second. */
const FOLLOW = 4;

/** What a link carries by its newest figures. A second is one of the packets' motion (see `motionFactor`). */
export interface LinkFlow {
  /** Calls a second, by `SPRITE_OPERATIONS`. */
  readonly rates: readonly number[];
  /** Share of the calls that failed, 0 to 1. */
  readonly failedShare: number;
  /** Board units a second. */
  readonly speed: number;
}

/** Called for each new mark; `age`: seconds since it should have left, within the present step. */
export type Spawn = (sprite: number, age: number) => void;

function seedOf(key: string): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16_777_619);
  return hash >>> 0;
}

/** A small generator for looks only; the same seed gives the same numbers in 0 to 1. */
export function createJitter(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Sends marks down one link: evenly spaced with a little jitter, following the link's rates smoothly. */
export function createEmitter(key: string) {
  const jitter = createJitter(seedOf(key));
  const rates = new Float64Array(OPERATION_COUNT);
  const due = Float64Array.from({ length: OPERATION_COUNT }, jitter);
  let failDue = 0.5;
  let speed = 0;
  let flow: LinkFlow = { rates: [], failedShare: 0, speed: 0 };

  function follow(seconds: number): void {
    const share = Math.min(1, seconds * FOLLOW);
    speed += (flow.speed - speed) * share;
    for (let i = 0; i < OPERATION_COUNT; i++) {
      const present = rates[i] ?? 0;
      rates[i] = present + ((flow.rates[i] ?? 0) - present) * share;
    }
  }

  function isNextFailed(): boolean {
    failDue += flow.failedShare;
    if (failDue < 1) return false;
    failDue -= 1;
    return true;
  }

  function emit(operation: number, seconds: number, perMark: number, spawn: Spawn): void {
    const marksPerSecond = (rates[operation] ?? 0) / perMark;
    let waiting = (due[operation] ?? 0) + marksPerSecond * seconds;
    while (waiting >= 1) {
      waiting -= 1;
      spawn(spriteOf(operation, isNextFailed()), Math.min(seconds, waiting / marksPerSecond));
      waiting -= (jitter() - 0.5) * JITTER;
    }
    due[operation] = waiting;
  }

  return {
    get speed() {
      return speed;
    },
    /** Takes over the newest figures; the first ones at once. */
    take(next: LinkFlow): void {
      if (speed === 0) speed = next.speed;
      flow = next;
    },
    step(seconds: number, perMark: number, spawn: Spawn): void {
      follow(seconds);
      for (let i = 0; i < OPERATION_COUNT; i++) emit(i, seconds, perMark, spawn);
    },
  };
}
export type Emitter = ReturnType<typeof createEmitter>;
