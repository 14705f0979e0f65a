import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

const FOLDER = new URL('../../simulation/golden/', import.meta.url);
const PLAYER = fileURLToPath(new URL('play.ts', FOLDER));

/** A recorded game, and the trace that Node left of it. */
export interface RecordedGame {
  readonly name: string;
  readonly game: unknown;
  readonly trace: unknown;
}

/** Every golden game, in the order of their names. */
export function goldenGames(): RecordedGame[] {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  return names.sort().map((name) => ({
    name,
    ...JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')),
  }));
}

/** The simulation as one script that leaves `golden.play` behind. */
export async function goldenPlayer(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: PLAYER, name: 'golden', formats: ['iife'] },
    },
  });
  const [output] = built as Rolldown.RolldownOutput[];
  const chunk = output?.output[0];
  if (chunk === undefined) throw new Error('Vite built nothing.');
  return chunk.code;
}
