import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { readFile } from './read-file.ts';

async function read(content: string | Uint8Array, name = 'file') {
  using directory = temporaryDirectory();
  const path = join(directory.path, name);
  writeFileSync(path, content);
  return await readFile(path);
}

async function expectedOf(content: string | Uint8Array): Promise<string> {
  const reading = await read(content);
  return reading.ok ? 'nothing else' : (reading.problems[0]?.expected ?? '');
}

/** Each level names the one before ten times. */
function aliasBomb(levels: number): string {
  const lines = ['a0: &a0 [x]'];
  for (let i = 1; i < levels; i++) {
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
  }
  return lines.join('\n');
}

describe('a file', () => {
  it('is read as YAML or JSON', async () => {
    const value = { format: 'x', nodes: [{ id: 'a', on: 'yes' }] };
    const yaml = '# a comment\nformat: x\nnodes:\n  - { id: a, on: yes }\n';
    expect(await read(yaml)).toEqual({ ok: true, value });
    expect(await read(JSON.stringify(value, null, '\t'))).toEqual({ ok: true, value });
  });

  it('may share a part under a name', async () => {
    expect(await read('a: &here { x: 1 }\nb: *here\n')).toEqual({
      ok: true,
      value: { a: { x: 1 }, b: { x: 1 } },
    });
  });

  it('may use a part as often as a topology has links', async () => {
    const uses = Array.from({ length: 2_000 }, () => '  - { calls: *c }');
    const reading = await read(['calls: &c { timeoutMs: 500 }', 'links:', ...uses].join('\n'));
    expect(reading).toMatchObject({ ok: true, value: { links: { length: 2_000 } } });
  });

  it('is read in a time that does not grow with the square of its length', async () => {
    const keys = Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`);
    expect(await read(keys.join('\n'))).toMatchObject({ ok: true });
    expect(await expectedOf(`{${'} '.repeat(60_000)}`)).toMatch(/line 1, column 4/);
  });

  it('is refused when it is not there, or a folder', async () => {
    using directory = temporaryDirectory();
    const folder = join(directory.path, 'folder');
    mkdirSync(folder);
    const refused = (expected: string) => ({ ok: false, problems: [{ path: '', expected }] });
    expect(await readFile(folder)).toEqual(refused('a file, not a folder'));
    expect(await readFile(join(folder, 'none'))).toEqual(refused('a file that exists'));
  });

  it('is not parsed beyond 4 MB', async () => {
    const largest = 4 * 1024 * 1024;
    expect(await read(`"${'x'.repeat(largest - 2)}"`)).toMatchObject({ ok: true });
    expect(await expectedOf(`"${'x'.repeat(largest - 1)}"`)).toBe('a file of at most 4 MB');
  });

  it('names the line of a fault', async () => {
    expect(await expectedOf('a: 1\nb: [1, 2\nc: 3\n')).toMatch(/readable YAML or JSON \(.*line/);
    expect(await expectedOf('{"a": 1,\n "b": }}')).toMatch(/line 2/);
    expect(await expectedOf('a: 1\na: 2\n')).toMatch(/unique at line 2, column 1/);
    expect(await expectedOf('a: { "1": x, y: 2, 1: z }\n')).toMatch(/unique at line 1, column 20/);
  });

  it('is read as JSON when it is called so', async () => {
    const reading = await read('{"a": 1,\n "b": [1', 'file.json');
    expect(reading).toMatchObject({
      problems: [{ expected: expect.stringMatching(/^readable .*JSON.*line 2 column \d+/) }],
    });
    expect(await read('{"a": 1}', 'file.json')).toEqual({ ok: true, value: { a: 1 } });
  });

  it.each([
    ['bytes that are no text', Uint8Array.of(0x61, 0xff, 0xfe), 'text in UTF-8'],
    ['names that grow without end', aliasBomb(12), 'readable YAML or JSON'],
    ['depth without end', '['.repeat(500_000), 'a file that is nested less deeply'],
    ['nothing in it', ' \n', 'a file that is not empty'],
    ['several documents', 'a: 1\n---\nb: 2\n', 'one YAML document, not several'],
    ['comments only', '# nothing\n', 'a file that is not empty'],
    ['more names than it can use', '- &a x\n'.repeat(5_001), 'anchors and aliases at line 5001'],
    ['a name of nothing', 'a: *nobody', 'readable YAML or JSON'],
  ])('is refused with %s', async (_, content, expected) => {
    expect(await expectedOf(content)).toContain(expected);
  });
});
