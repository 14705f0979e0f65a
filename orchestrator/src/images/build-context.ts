import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';

/** A file that an image is built from, by its path in the build's folder. */
export type ContextFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  /** One too large to read for its hash: `identity` stands for what is in it. */
  | { readonly path: string; readonly identity: string; readonly location: string };

/** What lies in an image's folder and is no part of the image. */
const NO_PART = /^(src|node_modules|package\.json|tsconfig\.json|vitest\.config\.ts|README\.md)$/;
const EXECUTABLE = 0o755;
const PLAIN = 0o644;
const FIRST_DAY = new Date(0);

/** The files of a folder, in all depths, under `prefix`; sorted by path. */
export async function folderFiles(folder: string, prefix = ''): Promise<readonly ContextFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter(({ name }) => !NO_PART.test(name))
      .map(async (entry): Promise<readonly ContextFile[]> => {
        const [from, path] = [join(folder, entry.name), `${prefix}${entry.name}`];
        if (entry.isDirectory()) return folderFiles(from, `${path}/`);
        return entry.isFile() ? [{ path, bytes: await readFile(from) }] : [];
      }),
  );
  return found.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** SHA-256 of the files, whatever their order, and of `facts`; in hexadecimal digits. */
export function contentHash(files: readonly ContextFile[], facts: readonly string[]): string {
  const lines = files.map(
    (file) => `${file.path} ${'bytes' in file ? sha256(file.bytes) : file.identity}`,
  );
  return sha256(JSON.stringify([...facts, ...lines.sort()]));
}

/**
 * The files as a tar stream. The same files make the same stream, whoever checked them out: times are zero,
 * and what begins like a program is executable. A file that cannot be read ends the stream with an error.
 */
export function packContext(files: readonly ContextFile[]): Readable {
  const tar = pack();
  addAll(tar, files).then(
    () => tar.finalize(),
    (error: Error) => tar.destroy(error),
  );
  return tar;
}

async function addAll(tar: ReturnType<typeof pack>, files: readonly ContextFile[]): Promise<void> {
  for (const file of files) {
    if ('bytes' in file) {
      const mode = isProgram(file.bytes) ? EXECUTABLE : PLAIN;
      tar.entry({ name: file.path, mode, mtime: FIRST_DAY }, Buffer.from(file.bytes));
    } else {
      const { size } = await stat(file.location);
      const entry = tar.entry({ name: file.path, mode: EXECUTABLE, mtime: FIRST_DAY, size });
      await pipeline(createReadStream(file.location), entry);
    }
  }
}

const isProgram = (bytes: Uint8Array): boolean => bytes[0] === 0x23 && bytes[1] === 0x21;

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
