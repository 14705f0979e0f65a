import type { Speed } from '@project-devops/simulation/protocol';
import { createPace } from './pace.ts';
import type { Player } from './player.ts';
import type { Clock } from './simulation.ts';
import { playSlice } from './slices.ts';

const TICK_MS = 16;
const FRAME_MS = 100;

/** What is driven, and where its news go. */
interface Driven {
  readonly player: Player;
  /** Where playing stops by itself; infinite for a run that is played. */
  readonly endMs: number;
  frame(): void;
  /** The engine threw: the run cannot go on. */
  failed(error: unknown): void;
}

/** Moves a run on by the clock while its speed is above zero, and asks for at most 10 frames a second. */
export function createDriver(clock: Clock, run: Driven) {
  const pace = createPace();
  let speed: Speed = 0;
  let lastFrameMs = Number.NEGATIVE_INFINITY;
  let stopTimer: (() => void) | null = null;
  let held = false;

  const isOver = (): boolean =>
    run.player.engine.result() !== null || run.player.engine.timeMs >= run.endMs;
  const hasStarted = (): boolean =>
    run.player.engine.log.some((entry) => entry.command.type === 'start-operation');

  function frame(): void {
    lastFrameMs = clock.now();
    run.frame();
  }

  function stop(): void {
    stopTimer?.();
    stopTimer = null;
  }

  function step(): void {
    const { engine } = run.player;
    const before = engine.timeMs;
    const target = Math.min(before + pace.due(clock.now(), speed), run.endMs);
    const caughtUp = playSlice(run.player, target, clock);
    pace.played(engine.timeMs - before);
    if (isOver()) {
      speed = 0;
      frame();
      return;
    }
    if (clock.now() - lastFrameMs >= FRAME_MS) frame();
    stopTimer = clock.later(tick, caughtUp ? TICK_MS : 0);
  }

  function tick(): void {
    stopTimer = null;
    try {
      step();
    } catch (error) {
      held = true;
      run.failed(error);
    }
  }

  /** Starts or stops the ticking to fit the state; time counts from now. */
  function steer(): void {
    stop();
    pace.reset();
    if (isOver()) speed = 0;
    if (held || speed === 0 || !hasStarted()) return;
    pace.due(clock.now(), speed);
    stopTimer = clock.later(tick, TICK_MS);
  }

  return {
    get speed() {
      return speed;
    },
    setSpeed(next: Speed): void {
      speed = next;
      steer();
    },
    steer,
    frame,
    /** Nothing moves until `release`. */
    hold(): void {
      held = true;
      stop();
    },
    release(): void {
      held = false;
      steer();
    },
  };
}
