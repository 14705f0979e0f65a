import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { Architecture } from './architecture.ts';
import { type ProgramOptions, runProgram } from './host-program.ts';
import type { Places } from './places.ts';

const FETCH_DEADLINE_MS = 600_000;

/** Where the Node for containers is, or will be once `fetchNode` has run: on Linux the project's own serves. */
export function nodeProgram(
  { root, cache }: Places,
  version: string,
  architecture: Architecture,
): string {
  const own = process.platform === 'linux' && process.arch === architecture;
  return own
    ? join(root, 'node_modules/node/bin/node')
    : join(cache, 'node', version, `linux-${architecture}`, 'node');
}

/** Brings Node for Linux into the cache, from the npm package that has nothing else in it. Throws a `ProgramError`. */
export async function fetchNode(
  location: string,
  version: string,
  architecture: Architecture,
  options: Pick<ProgramOptions, 'signal' | 'onLine'>,
): Promise<void> {
  if (existsSync(location)) return;
  await mkdir(dirname(location), { recursive: true });
  const work = await mkdtemp(join(dirname(location), '.fetch-'));
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const name = `node-linux-${architecture}@${version}`;
    const printed = await runProgram(npm, ['pack', name, '--silent', '--pack-destination', work], {
      ...options,
      cwd: work,
      deadlineMs: FETCH_DEADLINE_MS,
    });
    const archive = join(work, printed.trim().split('\n').at(-1) ?? '');
    await extractProgram(archive, join(work, 'node'));
    await rename(join(work, 'node'), location);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function extractProgram(archive: string, target: string): Promise<void> {
  const files = extract();
  const unpacking = pipeline(createReadStream(archive), createGunzip(), files);
  for await (const entry of files) {
    if (entry.header.name === 'package/bin/node') {
      await pipeline(entry, createWriteStream(target, { mode: 0o755 }));
    } else entry.resume();
  }
  await unpacking;
  if (!existsSync(target)) throw new Error(`${archive} holds no package/bin/node.`);
}
