import { type GoldenGame, type GoldenTrace, playGolden } from '../src/golden-trace.ts';
import { RULESET } from '../src/ruleset.ts';
import { SCENARIOS } from '../src/scenarios/index.ts';

/** Plays a golden game; the entry of the bundle with which other engines than Node's are tested. */
export function play(game: GoldenGame): GoldenTrace {
  return playGolden(game, SCENARIOS, RULESET);
}
