import { statfs } from 'node:fs/promises';
import type { HostFacts } from './container-runtime.ts';
import { readHost, readVersion } from './docker-answers.ts';
import type { DockerConnection } from './docker-connection.ts';

const MIB = 1_048_576;

/** What the engine and its machine are; throws a RuntimeError when the engine does not answer. */
export async function inspectDockerHost(connection: DockerConnection): Promise<HostFacts> {
  const [info, version] = await Promise.all([
    connection.ask(null, (docker) => docker.info()),
    connection.ask(null, (docker) => docker.version()),
  ]);
  const host = readHost(info);
  const { Version, ApiVersion } = readVersion(version);
  return {
    engine: Version,
    apiVersion: ApiVersion,
    cores: host.NCPU,
    memoryMiB: Math.floor(host.MemTotal / MIB),
    cgroupVersion: host.CgroupVersion === '2' ? 2 : 1,
    limits: { cpu: host.CpuCfsQuota, memory: host.MemoryLimit, pids: host.PidsLimit ?? false },
    diskFreeMiB: connection.isLocal ? await freeSpace(host.DockerRootDir) : null,
  };
}

/** Null where the folder cannot be seen: Docker Desktop keeps it inside a virtual machine. */
async function freeSpace(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Math.floor((bavail * bsize) / MIB);
  } catch {
    return null;
  }
}
