import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../files.ts';

const FOLDERS = ['ui', 'simulation/src'];
const SINGLE_FILES = ['package-lock.json', 'tsconfig.base.json'];
const NOT_BUILT = /\.test\.[a-z]+$|^ui\/e2e\/|^ui\/(playwright|vitest)\b/;

/** A hash over everything that the built UI is made of: equal hashes, equal builds. */
export function fingerprint(root: string): string {
  const paths = [...FOLDERS.flatMap((folder) => filesBelow(root, folder)), ...SINGLE_FILES];
  const hash = createHash('sha256');
  for (const path of paths.filter((path) => !NOT_BUILT.test(path))) {
    const content = createHash('sha256').update(readFileSync(join(root, path)));
    hash.update(`${path}\0${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}
