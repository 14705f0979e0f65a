import { createEngine } from './engine.ts';
import { StateHash } from './kernel/state-hash.ts';
import type { RecordedCommand, Scenario, SimulationEvent } from './protocol/index.ts';

/** A scripted game: a scenario, changed where the script needs it, and commands at their times. */
export interface GoldenGame {
  readonly scenario: string;
  readonly changes?: Partial<Scenario>;
  readonly seed: number;
  readonly commands: readonly RecordedCommand[];
  readonly endMs: number;
}

/** What a scripted game must come to, in every engine that runs JavaScript. */
export interface GoldenTrace {
  readonly ruleset: string;
  /** The state's hash every half minute, and at the end. */
  readonly states: readonly { readonly atMs: number; readonly hash: string }[];
  /** Hash over all events in their order. */
  readonly events: string;
  /** How often each type of event happened. */
  readonly happened: Readonly<Partial<Record<SimulationEvent['type'], number>>>;
}

const CHECK_EVERY_MS = 30_000;

/** Plays a scripted game; throws when the rules refuse one of its commands. */
export function playGolden(
  game: GoldenGame,
  scenarios: readonly Scenario[],
  ruleset: string,
): GoldenTrace {
  const engine = createEngine({ scenario: scenarioOf(game, scenarios), seed: game.seed });
  const states: { atMs: number; hash: string }[] = [];
  const advance = (untilMs: number) => {
    while (states.length * CHECK_EVERY_MS <= untilMs) {
      engine.advanceTo(states.length * CHECK_EVERY_MS);
      states.push({ atMs: states.length * CHECK_EVERY_MS, hash: engine.stateHash() });
    }
    engine.advanceTo(untilMs);
  };
  for (const [i, { atMs, command }] of game.commands.entries()) {
    advance(atMs);
    const answer = engine.dispatch(command);
    if (!answer.ok) throw new Error(`command ${i} was refused: ${answer.refusal.code}`);
  }
  advance(game.endMs);
  states.push({ atMs: engine.timeMs, hash: engine.stateHash() });
  return { ruleset, states, ...eventsOf(engine.takeEvents()) };
}

function scenarioOf(game: GoldenGame, scenarios: readonly Scenario[]): Scenario {
  const scenario = scenarios.find((other) => other.id === game.scenario);
  if (scenario === undefined) throw new Error(`no scenario is called ${game.scenario}`);
  return { ...scenario, ...game.changes };
}

function eventsOf(events: readonly SimulationEvent[]): Pick<GoldenTrace, 'events' | 'happened'> {
  const hash = new StateHash();
  const happened: Partial<Record<SimulationEvent['type'], number>> = {};
  for (const event of events) {
    hash.mixText(JSON.stringify(event));
    happened[event.type] = (happened[event.type] ?? 0) + 1;
  }
  return { events: hash.digest(), happened };
}
