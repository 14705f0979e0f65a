import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** The part we read of the manifest that Vite writes beside the build. */
interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const PLAY_SCREEN = 'src/PlayScreen.vue';
const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const manifest: Readonly<Record<string, Chunk>> = JSON.parse(
  readFileSync(join(DIST, '.vite/manifest.json'), 'utf8'),
);

/** A chunk and all that is loaded with it before it runs. */
function closure(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const other of manifest[key]?.imports ?? []) closure(other, seen);
  return seen;
}

function gzipped(files: Iterable<string>): number {
  let bytes = 0;
  for (const file of new Set(files)) bytes += gzipSync(readFileSync(join(DIST, file))).length;
  return bytes;
}

const chunksOf = (keys: readonly string[]): Chunk[] =>
  [...new Set(keys.flatMap((key) => [...closure(key)]))].map((key) => manifest[key] as Chunk);
const scriptsOf = (chunks: readonly Chunk[]): string[] =>
  chunks.map(({ file }) => file).filter((file) => file.endsWith('.js'));

/** Workers are built apart: the manifest does not list them. */
const workers = readdirSync(join(DIST, 'assets'))
  .filter((file) => /worker.*\.js$/.test(file))
  .map((file) => `assets/${file}`);
const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
const first = chunksOf(entries);
const playing = chunksOf([...entries, PLAY_SCREEN]);

/** Bytes, compressed as a server does: the home screen with its worker, and all that play needs. */
console.log(
  JSON.stringify({
    firstScripts: gzipped([...scriptsOf(first), ...workers]),
    playingScripts: gzipped([...scriptsOf(playing), ...workers]),
    playingStyles: gzipped(playing.flatMap(({ css }) => css ?? [])),
  }),
);
