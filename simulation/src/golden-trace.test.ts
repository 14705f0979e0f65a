import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type GoldenGame, type GoldenTrace, playGolden } from './golden-trace.ts';
import { COMMAND_SCHEMAS, type SimulationEvent } from './protocol/index.ts';
import { RULESET } from './ruleset.ts';
import { SCENARIOS } from './scenarios/index.ts';

const folder = new URL('../golden/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

interface GoldenFile {
  readonly game: GoldenGame;
  readonly trace?: GoldenTrace;
}

const read = (name: string): GoldenFile =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as GoldenFile;

/** `UPDATE_GOLDEN=1` writes what the games come to now; behaviour that changed on purpose needs a new ruleset version. */
const updating = process.env.UPDATE_GOLDEN === '1';

describe('golden traces', () => {
  it.each(files)('%s is played as it was recorded', (name) => {
    const { game, trace } = read(name);
    const played = playGolden(game, SCENARIOS, RULESET);
    if (updating) {
      expect(
        trace === undefined || trace.ruleset !== RULESET || sameTrace(trace, played),
        `${name} changed under ${RULESET}: raise RULESET_VERSION in ruleset.ts first`,
      ).toBe(true);
      writeFileSync(new URL(name, folder), `${JSON.stringify({ game, trace: played }, null, 2)}\n`);
      return;
    }
    expect(played, `${name}: behaviour changed; if on purpose, raise RULESET_VERSION`).toEqual(
      trace,
    );
  });

  it('between them use every command', () => {
    const used = new Set(
      files.flatMap((name) => read(name).game.commands.map((c) => c.command.type)),
    );
    expect([...used].sort()).toEqual(Object.keys(COMMAND_SCHEMAS).sort());
  });

  it('between them make everything happen that can happen', () => {
    const happened = new Set(
      files.flatMap((name) => Object.keys(read(name).trace?.happened ?? {})),
    );
    expect([...happened].sort()).toEqual(EVERYTHING);
  });
});

/** Every type of event there is; the compiler names one that is missing. */
const EVERYTHING = Object.keys({
  'drops-ended': true,
  'error-gauge-passed': true,
  'link-connected': true,
  'link-disconnected': true,
  'message-received': true,
  'money-low': true,
  'node-configured': true,
  'node-moved': true,
  'node-overloaded': true,
  'node-placed': true,
  'node-recovered': true,
  'node-removed': true,
  'node-resized': true,
  'node-restarted': true,
  'node-started': true,
  'operation-started': true,
  'requests-dropped': true,
  'stage-ended': true,
  'traffic-ended': true,
  'traffic-started': true,
  'users-reached': true,
} satisfies Record<SimulationEvent['type'], true>);

function sameTrace(a: GoldenTrace, b: GoldenTrace): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
