import { join } from 'node:path';
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

/** One file of JavaScript with everything the program imports; the same sources give the same text. */
export async function bundle(program: Program, { root }: Places): Promise<Uint8Array> {
  await using build = await rolldown({
    input: join(root, program.entry),
    cwd: root,
    platform: program.platform,
    external: [...program.external],
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  return Buffer.from(output[0].code);
}
