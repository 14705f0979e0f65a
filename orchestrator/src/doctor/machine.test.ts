import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { lookAtMachine } from './machine.ts';

it('sees an engine’s socket, and that there is none', async () => {
  using folder = temporaryDirectory();
  const path = join(folder.path, 'docker.sock');
  const look = async () => (await lookAtMachine({ DOCKER_HOST: `unix://${path}`, PATH: '' })).door;
  expect(await look()).toEqual({ kind: 'socket', path, state: 'absent' });
  writeFileSync(path, '');
  expect(await look()).toEqual({ kind: 'socket', path, state: 'open' });
});

it('takes another address for an engine elsewhere', async () => {
  const { door } = await lookAtMachine({ DOCKER_HOST: 'tcp://box:2375' });
  expect(door).toEqual({ kind: 'remote', address: 'box:2375' });
});

it('passes an address that cannot be used on, so that the report can name it', async () => {
  const { door } = await lookAtMachine({ DOCKER_HOST: 'ssh://box' });
  expect(door).toEqual({ kind: 'remote', address: 'ssh://box' });
});

it('finds programs on the PATH', async () => {
  using folder = temporaryDirectory();
  writeFileSync(join(folder.path, process.platform === 'win32' ? 'go.exe' : 'go'), '');
  const { programs, cores, freeMemoryMiB } = await lookAtMachine({ PATH: folder.path });
  expect(programs.go).toBe(true);
  expect(cores).toBeGreaterThan(0);
  expect(freeMemoryMiB).toBeGreaterThan(0);
});
