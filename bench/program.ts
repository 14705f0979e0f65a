import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../scripts/launch/places.mjs';

const run = promisify(execFile);

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
