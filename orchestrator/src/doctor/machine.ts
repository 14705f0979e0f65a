import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { freemem } from 'node:os';
import { delimiter, join } from 'node:path';
import { hardwareOf } from '../comparison/provenance.ts';
import { RuntimeError } from '../runtimes/container-runtime.ts';
import { addressText, dockerAddress } from '../runtimes/docker-address.ts';
import type { EngineDoor, MachineFacts } from './facts.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks at this machine: where Docker would be, what is installed, what is free. */
export async function lookAtMachine(environment: Environment): Promise<MachineFacts> {
  const has = (program: string) => isOnPath(program, environment);
  const [door, docker, dockerd, debootstrap, go] = await Promise.all([
    engineDoor(environment),
    has('docker'),
    has('dockerd'),
    has('debootstrap'),
    has('go'),
  ]);
  const { cpu, cores } = hardwareOf();
  return {
    platform: process.platform,
    cpu,
    cores,
    freeMemoryMiB: Math.floor(freemem() / 1024 / 1024),
    door,
    programs: { docker: docker || dockerd, debootstrap, go },
  };
}

async function engineDoor(environment: Environment): Promise<EngineDoor> {
  const address = addressOf(environment);
  if (typeof address === 'string') return { kind: 'remote', address };
  return { kind: 'socket', path: address.path, state: await socketState(address.path) };
}

/** A socket of this machine, or another engine's address as text: one that cannot be used too. */
function addressOf(environment: Environment) {
  try {
    const address = dockerAddress(environment);
    return address.transport === 'socket' ? address : addressText(address);
  } catch (error) {
    if (error instanceof RuntimeError) return environment.DOCKER_HOST ?? '';
    throw error;
  }
}

async function socketState(path: string): Promise<'absent' | 'forbidden' | 'open'> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return 'open';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? 'forbidden' : 'absent';
  }
}

/** Administrators' folders count too: they are not on every user's PATH, and the orchestrator's tools look there. */
async function isOnPath(program: string, environment: Environment): Promise<boolean> {
  const folders = [...(environment.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/go/bin'];
  const names = process.platform === 'win32' ? [`${program}.exe`] : [program];
  const found = await Promise.all(
    folders
      .filter((folder) => folder !== '')
      .flatMap((folder) => names.map((name) => isFile(join(folder, name)))),
  );
  return found.includes(true);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
