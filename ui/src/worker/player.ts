import type { Engine } from '@project-devops/simulation';
import type { RecordedCommand } from '@project-devops/simulation/protocol';

/** An engine that is given the commands of a log at their times. */
export interface Player {
  readonly engine: Engine;
  /** Logged commands that the rules refused. */
  readonly dropped: number;
  advanceTo(timeMs: number): void;
}

/** Plays a log on a fresh engine; commands at time 0 are applied at once. */
export function createPlayer(engine: Engine, commands: readonly RecordedCommand[]): Player {
  let next = 0;
  let dropped = 0;

  function advanceTo(timeMs: number): void {
    for (let due = commands[next]; due && due.atMs <= timeMs; due = commands[next]) {
      engine.advanceTo(due.atMs);
      if (!engine.dispatch(due.command).ok) dropped++;
      next++;
    }
    engine.advanceTo(timeMs);
  }

  advanceTo(0);
  return {
    engine,
    get dropped() {
      return dropped;
    },
    advanceTo,
  };
}
