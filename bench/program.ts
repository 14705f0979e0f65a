import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { ROOT } from '../scripts/launch/places.mjs';

const run = promisify(execFile);
const BUNDLES = 'node_modules/.cache/bench';
const bundles = new Map<string, Promise<string>>();

/**
 * Runs a measuring program of ours, as the project's own programs are run, and reads the JSON of its last line.
 *
 * @param script from the root
 */
export async function program<T>(script: string, args: readonly string[] = []): Promise<T> {
  const words = [...process.execArgv, join(ROOT, script), ...args];
  const { stdout } = await run(process.execPath, words, { cwd: ROOT });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

/** The same for a program that is one module, as the simulation is in a page. */
export async function bundledProgram<T>(script: string, args: readonly string[]): Promise<T> {
  const bundle = bundles.get(script) ?? bundled(script);
  bundles.set(script, bundle);
  return program(await bundle, args);
}

/** Where the script is as one module, from the root. */
async function bundled(script: string): Promise<string> {
  const name = `${basename(script, '.ts')}.mjs`;
  await build({
    configFile: false,
    logLevel: 'error',
    root: ROOT,
    build: {
      ssr: script,
      target: 'esnext',
      outDir: BUNDLES,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: name } },
    },
  });
  return join(BUNDLES, name);
}
