import { createEngine } from '../engine.ts';
import type { Command, Result, Scenario } from '../protocol/index.ts';

/** What a scripted player does: commands by the second of operation; those of second 0 before the start. */
export type Script = readonly (readonly [second: number, ...commands: readonly Command[]])[];

/** Plays a stage to its end; throws when a command is refused, so that a script says what it does. */
export function playScript(scenario: Scenario, seed: number, script: Script): Result {
  const engine = createEngine({ scenario, seed });
  const dispatch = (command: Command) => {
    const answer = engine.dispatch(command);
    if (!answer.ok) throw new Error(`${command.type} was refused: ${answer.refusal.code}`);
  };
  for (const [second, ...commands] of script) {
    if (second > 0) continue;
    commands.forEach(dispatch);
  }
  dispatch({ type: 'start-operation' });
  for (const [second, ...commands] of script) {
    if (second === 0) continue;
    engine.advanceTo(second * 1000);
    if (engine.result() === null) commands.forEach(dispatch);
  }
  engine.advanceTo(scenario.durationSeconds * 1000);
  return engine.result() as Result;
}
