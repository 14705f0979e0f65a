import { createEngine, type Engine, forecast, RULESET } from '@project-devops/simulation';
import type { Run, SessionInfo } from '@project-devops/simulation/protocol';

/** A run whose log was played to where the player left it, stopped at the next full second. */
export interface Game {
  readonly engine: Engine;
  readonly info: SessionInfo;
  /** The run so far, as a file. */
  toRun(): Run;
}

/** Plays a run's log; throws when the rules refuse a part of it or it was played under other rules. */
export function resumeGame(run: Run): Game {
  const { scenario, seed } = run;
  if (run.ruleset !== RULESET) {
    throw new Error(
      'The run was played under other rules; real mode goes on with present ones only.',
    );
  }
  const engine = createEngine({ scenario, seed });
  for (const { atMs, command } of run.commands) {
    engine.advanceTo(atMs);
    const answer = engine.dispatch(command);
    if (!answer.ok)
      throw new Error(`The log does not fit its scenario: ${command.type} was refused.`);
  }
  engine.advanceTo(Math.ceil(run.endMs / 1000) * 1000);
  return {
    engine,
    info: { scenario, seed, forecast: forecast(scenario), readOnly: null, endMs: null },
    toRun: () => ({
      format: 'project-devops/run@1',
      ruleset: RULESET,
      scenario,
      seed,
      commands: [...engine.log],
      endMs: engine.timeMs,
      stateHash: engine.stateHash(),
    }),
  };
}
