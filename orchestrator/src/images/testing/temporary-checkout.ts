import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { PLACES, type Places } from '../places.ts';

/** A copy of the image folders that a test may change, and a cache of its own; both go with the scope. */
export interface TemporaryCheckout extends Places, AsyncDisposable {
  /** Puts a program in front of the machine's own of the same name, for this process; taken back with the scope. */
  program(name: string, script: string): Promise<void>;
}

export async function openCheckout(): Promise<TemporaryCheckout> {
  const folder = await mkdtemp(join(tmpdir(), 'devops-images-'));
  const [root, cache, programs] = ['root', 'cache', 'programs'].map((name) => join(folder, name));
  if (root === undefined || cache === undefined || programs === undefined) throw new Error(folder);
  await cp(join(PLACES.root, 'sandbox-images'), join(root, 'sandbox-images'), {
    recursive: true,
    filter: (source) => !/node_modules|\/service\/(src|.*\.ts|.*\.json)/.test(source),
  });
  await mkdir(programs);
  const path = process.env.PATH;
  return {
    root,
    cache,
    async program(name, script) {
      await writeFile(join(programs, name), `#!/bin/sh\n${script}\n`);
      await chmod(join(programs, name), 0o755);
      process.env.PATH = `${programs}${delimiter}${path}`;
    },
    async [Symbol.asyncDispose]() {
      process.env.PATH = path;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
