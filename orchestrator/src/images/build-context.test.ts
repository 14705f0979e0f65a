import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { type ContextFile, contentHash, folderFiles, packContext } from './build-context.ts';

const file = (path: string, content: string): ContextFile => ({
  path,
  bytes: Buffer.from(content),
});

async function unpack(tar: Readable) {
  const found: { name: string; mode: number | undefined; content: string }[] = [];
  for await (const entry of tar.pipe(extract())) {
    found.push({ name: entry.header.name, mode: entry.header.mode, content: await text(entry) });
  }
  return found;
}

describe('the content hash', () => {
  const files = [file('Dockerfile', 'FROM x'), file('entry-point', '#!/bin/sh')];
  const hash = contentHash(files, ['x64']);

  it('is the same whatever the order of the files', () => {
    expect(contentHash(files.toReversed(), ['x64'])).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('changes with a content, a path, a file more and a fact', () => {
    const others = [
      contentHash([file('Dockerfile', 'FROM y'), file('entry-point', '#!/bin/sh')], ['x64']),
      contentHash([file('Dockerfile', 'FROM x'), file('entry', '#!/bin/sh')], ['x64']),
      contentHash([...files, file('more', '')], ['x64']),
      contentHash(files, ['arm64']),
    ];
    expect(new Set([...others, hash]).size).toBe(5);
  });

  it('takes the identity of a large file in the place of its content', () => {
    const large = (identity: string, location: string) =>
      contentHash([{ path: 'node', identity, location }], []);
    expect(large('node 24', '/a')).toBe(large('node 24', '/b'));
    expect(large('node 24', '/a')).not.toBe(large('node 25', '/a'));
  });
});

describe('a packed context', () => {
  it('makes what begins like a program executable, and nothing else', async () => {
    const tar = packContext([file('run', '#!/bin/sh\n'), file('shared/notes', 'text')]);
    expect(await unpack(tar)).toEqual([
      { name: 'run', mode: 0o755, content: '#!/bin/sh\n' },
      { name: 'shared/notes', mode: 0o644, content: 'text' },
    ]);
  });

  it('is the same stream for the same files', async () => {
    const files = [file('a', '1'), file('b', '2')];
    expect(await buffer(packContext(files))).toEqual(await buffer(packContext(files)));
  });

  it('reads large files from where they are', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'devops-context-'));
    const location = join(folder, 'k6');
    await writeFile(location, 'x'.repeat(200_000));
    const [entry] = await unpack(packContext([{ path: 'k6', identity: '2', location }]));
    expect(entry).toMatchObject({ name: 'k6', mode: 0o755 });
    expect(entry?.content).toHaveLength(200_000);
    await rm(folder, { recursive: true });
  });

  it('ends with an error when a file cannot be read', async () => {
    const tar = packContext([{ path: 'k6', identity: '2', location: '/nowhere/k6' }]);
    await expect(buffer(tar)).rejects.toThrow('/nowhere/k6');
  });
});

describe("a folder's files", () => {
  it('leaves out what is no part of the image', async () => {
    await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
    const folder = await mkdtemp(join(tmpdir(), 'devops-folder-'));
    for (const name of ['Dockerfile', 'ready', 'package.json', 'tsconfig.json', 'README.md']) {
      await writeFile(join(folder, name), '');
    }
    const found = await folderFiles(folder, 'shared/');
    expect(found.map(({ path }) => path)).toEqual(['shared/Dockerfile', 'shared/ready']);
  });
});
