import { CATALOG } from './components/catalog.ts';
import { createEngine, type Engine } from './engine.ts';
import type { Problem, Run } from './protocol/index.ts';
import { scenarioProblems } from './rules/scenario-check.ts';

/** A run played again. `dropped`: commands left out because they no longer applied (only when one was skipped on purpose). */
export type Replay =
  | { readonly ok: true; readonly engine: Engine; readonly dropped: number }
  | { readonly ok: false; readonly problem: Problem };

export interface ReplayOptions {
  /** Where to stop; the run's end by default. */
  readonly untilMs?: number;
  /** A command to leave out; what depended on it is then left out too instead of being a fault. */
  readonly without?: number;
}

/** Plays a run's log again. A command that is refused, or out of order, is a fault with its path. */
export function replay(run: Run, options: ReplayOptions = {}): Replay {
  const [problem] = scenarioProblems(run.scenario, CATALOG);
  if (problem !== undefined) {
    return { ok: false, problem: { ...problem, path: `/scenario${problem.path}` } };
  }
  const untilMs = options.untilMs ?? run.endMs;
  const engine = createEngine({ scenario: run.scenario, seed: run.seed });
  let dropped = 0;
  for (const [i, { atMs, command }] of run.commands.entries()) {
    if (atMs > untilMs) break;
    if (i === options.without) continue;
    engine.advanceTo(atMs);
    const path = `/commands/${i}`;
    if (engine.timeMs !== atMs && options.without === undefined) {
      return fault(
        `${path}/atMs`,
        `a time the run reaches in order (it stood at ${engine.timeMs})`,
      );
    }
    const result = engine.dispatch(command);
    if (result.ok) continue;
    if (options.without === undefined) {
      return fault(`${path}/command`, `a command the rules accept (${result.refusal.code})`);
    }
    dropped++;
  }
  engine.advanceTo(untilMs);
  return { ok: true, engine, dropped };
}

function fault(path: string, expected: string): Replay {
  return { ok: false, problem: { path, expected } };
}
