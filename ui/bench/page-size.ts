import { readFileSync } from 'node:fs';
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

/** Bytes of the first load, compressed as a server compresses them. Prints JSON for the bench. */
const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
const first = entries.flatMap((key) => [...closure(key)]).map((key) => manifest[key] as Chunk);
const scripts = gzipped(first.map(({ file }) => file).filter((file) => file.endsWith('.js')));
const styles = gzipped(first.flatMap(({ css }) => css ?? []));
console.log(JSON.stringify({ scripts, styles }));
