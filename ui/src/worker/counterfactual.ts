import type { Run } from '@project-devops/simulation/protocol';
import type { Counterfactual } from '../session/session.ts';
import type { Simulation } from './simulation.ts';

/**
 * Plays a run's whole stage without one of its commands; commands that no longer apply are left
 * out and counted. Takes as long as the stage needs: call it in a worker of its own.
 */
export function playWithout(
  simulation: Simulation,
  run: Run,
  commandIndex: number,
): Counterfactual {
  const untilMs = run.scenario.durationSeconds * 1000;
  const played = simulation.replay(run, { untilMs, without: commandIndex });
  if (!played.ok) throw new Error(`${played.problem.path}: expected ${played.problem.expected}`);
  return { commandIndex, dropped: played.dropped, result: played.engine.result() };
}
