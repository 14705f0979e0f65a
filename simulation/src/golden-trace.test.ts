import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type GoldenGame, type GoldenTrace, playGolden } from './golden-trace.ts';
import type { Schema } from './protocol/expectation.ts';
import {
  COMMAND_SCHEMAS,
  FAULT_KINDS,
  NODE_KINDS,
  ScenarioSchema,
  type SimulationEvent,
  STRATEGIES,
} from './protocol/index.ts';
import { RULESET } from './ruleset.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { said, sayable } from './testing/sayable.ts';
import { shownIn } from './testing/shown-in.ts';

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

/** Parts of a scenario that the games exhaust. */
const SAID = ['topology', 'classes', 'faults', 'releases', 'events', 'arrivals'] as const;

const sorted = (values: readonly string[]) => [...new Set(values)].sort();

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

  const games = files.map((name) => read(name).game);
  const commands = games.flatMap((game) => game.commands.map(({ command }) => command));
  const shown = games.map((game) => shownIn(game, SCENARIOS));
  const kindsOf = (list: readonly { readonly kind: string }[]) => sorted(list.map((l) => l.kind));

  it('between them use every command', () => {
    expect(sorted(commands.map(({ type }) => type))).toEqual(sorted(Object.keys(COMMAND_SCHEMAS)));
  });

  it('between them use every node kind', () => {
    expect(kindsOf(shown.flatMap(({ topology }) => topology.nodes))).toEqual(sorted(NODE_KINDS));
  });

  it('between them use every kind of fault', () => {
    expect(kindsOf(shown.flatMap(({ faults }) => faults))).toEqual(sorted(FAULT_KINDS));
  });

  it('between them deploy by every strategy', () => {
    const used = commands.flatMap((command) =>
      command.type === 'deploy' ? [command.strategy] : [],
    );
    expect(sorted(used)).toEqual(sorted(STRATEGIES));
  });

  it.each(SAID)('between them say all that %s can, beyond the defaults', (part) => {
    const schema: Schema = ScenarioSchema.properties[part];
    const told = new Set(shown.flatMap((scenario) => said(schema, scenario[part])));
    expect(sayable(schema).filter((saying) => !told.has(saying))).toEqual([]);
  });

  it('between them make everything happen that can happen', () => {
    const happened = files.flatMap((name) => Object.keys(read(name).trace?.happened ?? {}));
    expect(sorted(happened)).toEqual(sorted(EVERYTHING));
  });
});

/** Every type of event there is; the compiler names one that is missing. */
const EVERYTHING = Object.keys({
  'alert-cleared': true,
  'alert-raised': true,
  'canary-judged': true,
  'data-restored': true,
  'deployment-began': true,
  'deployment-ended': true,
  'drops-ended': true,
  'error-gauge-passed': true,
  'fault-began': true,
  'fault-ended': true,
  'link-connected': true,
  'link-disconnected': true,
  'link-configured': true,
  'replica-promoted': true,
  'message-received': true,
  'money-low': true,
  'node-configured': true,
  'node-killed': true,
  'node-moved': true,
  'node-overloaded': true,
  'node-placed': true,
  'node-recovered': true,
  'node-removed': true,
  'node-resized': true,
  'node-restarted': true,
  'node-started': true,
  'operation-started': true,
  'release-offered': true,
  'requests-dropped': true,
  'stage-ended': true,
  'traffic-ended': true,
  'traffic-started': true,
  'users-reached': true,
} satisfies Record<SimulationEvent['type'], true>);

function sameTrace(a: GoldenTrace, b: GoldenTrace): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
