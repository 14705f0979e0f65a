import type { Replay } from '@project-devops/simulation';
import type { Result, Run } from '@project-devops/simulation/protocol';
import type { Outcome } from './run-store.ts';
import type { Verdict } from './run-verifier.ts';

/**
 * Plays a run again and compares: every command must be accepted at its time, the run must end where and in the
 * state that it says. What lies past the end is refused too, so that one game cannot be told as many.
 */
export function verifyByReplay(run: Run, replay: (run: Run) => Replay): Verdict {
  const late = run.commands.findIndex(({ atMs }) => atMs > run.endMs);
  if (late >= 0)
    return notReplayable(`/commands/${late}/atMs`, `at most the run's endMs, ${run.endMs}`);
  const played = replay(run);
  if (!played.ok) return notReplayable(played.problem.path, played.problem.expected);
  const { engine } = played;
  if (engine.timeMs !== run.endMs) {
    return notReplayable('/endMs', `${engine.timeMs}, where the stage ends`);
  }
  if (engine.stateHash() !== run.stateHash) return otherState(run, engine.stateHash());
  const result = engine.result();
  return { state: 'verified', outcome: result === null ? null : outcomeOf(result) };
}

/** Places are counted from the request's body, in which the run is a member. */
function notReplayable(path: string, expected: string): Verdict {
  return {
    state: 'refused',
    code: 'run-not-replayable',
    detail: 'The run cannot be played again; see problems for the place.',
    problems: [{ path: `/run${path}`, expected }],
  };
}

function otherState({ endMs, stateHash }: Run, found: string): Verdict {
  return {
    state: 'refused',
    code: 'run-state-mismatch',
    detail: `At ${endMs} ms the run played again is in state ${found}, not ${stateHash}.`,
    problems: [{ path: '/run/stateHash', expected: found }],
  };
}

function outcomeOf({ ending, rank, points, totals }: Result): Outcome {
  const { served, maxThroughputPerSecond, maxUsers, uptimeRatio } = totals;
  return { ending, rank, points, served, maxThroughputPerSecond, maxUsers, uptimeRatio };
}
