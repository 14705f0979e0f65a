import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Places } from './places.ts';

/** A program of ours that runs in a container as one file. */
export interface Program {
  /** Path of its beginning in the checkout. */
  readonly entry: string;
  readonly platform: 'node' | 'neutral';
  /** Modules that the container has, or that are asked for and may be absent. */
  readonly external: readonly (string | RegExp)[];
}

export const SERVICE: Program = {
  entry: 'sandbox-images/service/src/main.ts',
  platform: 'node',
  external: ['pg-native', 'cloudflare:sockets'],
};
export const LOAD: Program = {
  entry: 'loadgen/src/load.ts',
  platform: 'neutral',
  external: [/^k6(\/|$)/],
};

interface Bundle {
  readonly code: Uint8Array;
  /** When each file that went in was last changed. */
  readonly sources: ReadonlyMap<string, number>;
}

/** Bundling takes most of a second, and is asked for whenever somebody wants to know which images are missing. */
const known = new Map<string, Bundle>();

/** One file of JavaScript with everything the program imports; the same sources give the same text. */
export async function bundle(program: Program, { root }: Places): Promise<Uint8Array> {
  const entry = join(root, program.entry);
  const before = known.get(entry);
  if (before !== undefined && (await isUnchanged(before))) return before.code;
  const made = await make(program, root);
  known.set(entry, made);
  return made.code;
}

async function make(program: Program, root: string): Promise<Bundle> {
  await using build = await rolldown({
    input: join(root, program.entry),
    cwd: root,
    platform: program.platform,
    external: [...program.external],
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  const files = output[0].moduleIds.filter(isAbsolute);
  const times = await Promise.all(
    files.map(async (file) => [file, await changedMs(file)] as const),
  );
  return { code: Buffer.from(output[0].code), sources: new Map(times) };
}

async function isUnchanged({ sources }: Bundle): Promise<boolean> {
  const same = [...sources].map(async ([file, ms]) => (await changedMs(file)) === ms);
  return (await Promise.all(same)).every(Boolean);
}

/** Never equal to itself when the file is gone. */
async function changedMs(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NaN,
  );
}
