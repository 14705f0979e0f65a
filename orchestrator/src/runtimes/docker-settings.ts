import type Docker from 'dockerode';
import type { ContainerSpec, Labels, Limits } from './container-runtime.ts';

const MIB = 1_048_576;
const CPU_PERIOD_US = 100_000;
const LOOPBACK = '127.0.0.1';

/** Container port -> port of this machine; empty lets Docker choose. */
export type HostPorts = Readonly<Record<number, number>>;

/** All that Docker is told about a container: nothing but what a spec can say, and what every container has. */
export function containerSettings(
  spec: ContainerSpec,
  hostPorts: HostPorts,
): Docker.ContainerCreateOptions {
  const ports = spec.published.map((port) => [`${port}/tcp`, port] as const);
  return {
    Image: spec.image,
    Labels: { ...spec.labels },
    Env: environmentList(spec.environment),
    ...(spec.arguments.length > 0 ? { Cmd: [...spec.arguments] } : {}),
    ExposedPorts: Object.fromEntries(ports.map(([name]) => [name, {}])),
    NetworkingConfig: {
      EndpointsConfig: { [spec.network]: { Aliases: [...spec.aliases] } },
    },
    HostConfig: {
      ...limitSettings(spec),
      PidsLimit: spec.pidsLimit,
      NetworkMode: spec.network,
      PortBindings: Object.fromEntries(
        ports.map(([name, port]) => [
          name,
          [{ HostIp: LOOPBACK, HostPort: String(hostPorts[port] ?? '') }],
        ]),
      ),
      Tmpfs: Object.fromEntries(
        spec.scratch.map(({ path, sizeMiB }) => [
          path,
          `rw,nosuid,nodev,noexec,size=${sizeMiB}m,mode=1777`,
        ]),
      ),
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Init: true,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'local', Config: { 'max-size': '1m', 'max-file': '2' } },
    },
  };
}

/**
 * CPU as a quota, which can be changed on every version; swap equal to memory, so that there is none. Both
 * memory figures go together, and the engine orders them for shrinking and growing.
 */
export function limitSettings({ cpuMillicores, memoryMiB }: Limits) {
  const bytes = memoryMiB * MIB;
  return {
    CpuPeriod: CPU_PERIOD_US,
    CpuQuota: (cpuMillicores * CPU_PERIOD_US) / 1_000,
    Memory: bytes,
    MemorySwap: bytes,
  };
}

/** Variables in the form the engine takes: `NAME=value`. */
export function environmentList(environment: Readonly<Record<string, string>>): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${value}`);
}

/** Docker's form of "carries all of these labels". */
export function labelFilter(labels: Labels): string[] {
  return Object.entries(labels).map(([name, value]) => `${name}=${value}`);
}
