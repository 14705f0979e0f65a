import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../scripts/launch/places.mjs';

const run = promisify(execFile);

/** Something a measurement needs and this machine does not have. */
export class Absent extends Error {}

/** Installs a program we compare with, unless it is there; it is none of our dependencies. */
export async function requirePeer(name: string): Promise<void> {
  const folder = join(ROOT, 'bench/peers', name);
  if (existsSync(join(folder, 'node_modules', name))) return;
  const shell = process.platform === 'win32';
  await run('npm', ['install', '--no-package-lock'], { cwd: folder, shell }).catch(() => {
    throw new Absent(`${name} cannot be installed: is the network there?`);
  });
}
