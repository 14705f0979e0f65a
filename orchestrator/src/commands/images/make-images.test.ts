import { describe, expect, it } from 'vitest';
import { InMemoryImageStore } from '../../images/testing/in-memory-image-store.ts';
import { RuntimeError } from '../../runtimes/container-runtime.ts';
import { OURS } from '../../sandbox/desired.ts';
import { type ImagesSurroundings, makeImages } from './make-images.ts';

function trial(changes: Partial<ImagesSurroundings> = {}) {
  const told = { printed: '', written: '' };
  const store = new InMemoryImageStore();
  store.add('debian:trixie-slim');
  const run = (...args: string[]) =>
    makeImages(args, {
      openStore: () => store,
      signal: new AbortController().signal,
      print: (text) => {
        told.printed += text;
      },
      terminal: {
        isTerminal: false,
        write: (text) => {
          told.written += text;
        },
      },
      columns: 80,
      ...changes,
    });
  return { store, told, run };
}

describe('the program images', () => {
  it('makes the images that are named and prints their tags', async () => {
    const { store, told, run } = trial();
    store.add('project-devops/redis:old', OURS);
    expect(await run('redis')).toBe(0);
    expect(told.printed).toMatch(/^project-devops\/redis:[0-9a-f]{12}\n$/);
    expect(told.written).toMatch(/base: ready after \d s\nredis: working\nredis: ready after \d s/);
    expect(store.images.has('project-devops/redis:old')).toBe(true);
  });

  it('says which step failed, its last lines, and ends with 1', async () => {
    const { store, told, run } = trial();
    const failure = new RuntimeError('refused', 'non-zero code: 100');
    store.script = () => ({ lines: ['Step 1/2 : RUN apt-get update', 'Err:1'], failure });
    expect(await run('redis')).toBe(1);
    expect(told.written).toContain(
      'The image redis could not be made: step 1 of 2 (RUN apt-get update): non-zero code: 100\n  Err:1\n',
    );
  });

  it('says that Docker cannot be used, and ends with 1', async () => {
    const openStore = () => {
      throw new RuntimeError('unreachable', 'Docker does not answer.');
    };
    const { told, run } = trial({ openStore });
    expect(await run('redis')).toBe(1);
    expect(told.written).toContain('Docker does not answer.\n');
  });

  it('ends with 130 when it was interrupted', async () => {
    const { run } = trial({ signal: AbortSignal.abort() });
    expect(await run('redis')).toBe(130);
  });

  it('tells what is possible when it is asked or given a wrong name', async () => {
    const { told, run } = trial();
    expect(await run('--help')).toBe(0);
    expect(told.printed).toContain('Usage:');
    expect(await run('mysql')).toBe(2);
    expect(told.written).toContain('"mysql" is no image; there are nginx, postgres');
  });
});
