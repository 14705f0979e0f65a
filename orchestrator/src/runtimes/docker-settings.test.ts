import { expect, it } from 'vitest';
import type { ContainerSpec } from './container-runtime.ts';
import { containerSettings } from './docker-settings.ts';

const SPEC: ContainerSpec = {
  name: 's1-web',
  image: 'project-devops/nginx:0123456789ab',
  labels: { owner: 'us' },
  environment: { CONFIGURATION: 'a=b\nc' },
  arguments: ['exporter'],
  pidsLimit: 64,
  scratch: [{ path: '/run/devops', sizeMiB: 8 }],
  network: 's1',
  aliases: ['web'],
  published: [9090],
  cpuMillicores: 250,
  memoryMiB: 96,
};

it('tells Docker of a container what its spec says and what all have, and nothing else', () => {
  expect(containerSettings(SPEC, {})).toEqual({
    Image: 'project-devops/nginx:0123456789ab',
    Labels: { owner: 'us' },
    Env: ['CONFIGURATION=a=b\nc'],
    Cmd: ['exporter'],
    ExposedPorts: { '9090/tcp': {} },
    NetworkingConfig: { EndpointsConfig: { s1: { Aliases: ['web'] } } },
    HostConfig: {
      CpuPeriod: 100_000,
      CpuQuota: 25_000,
      Memory: 100_663_296,
      MemorySwap: 100_663_296,
      PidsLimit: 64,
      NetworkMode: 's1',
      PortBindings: { '9090/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] },
      Tmpfs: { '/run/devops': 'rw,nosuid,nodev,noexec,size=8m,mode=1777' },
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Init: true,
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'local', Config: { 'max-size': '1m', 'max-file': '2' } },
    },
  });
});

it('takes nothing from a spec that the port does not know', () => {
  const sly = { ...SPEC, Privileged: true, HostConfig: { Binds: ['/:/host'] }, binds: ['/'] };
  expect(containerSettings(sly, {})).toEqual(containerSettings(SPEC, {}));
});

it("leaves the image's own arguments alone when there are none", () => {
  expect(containerSettings({ ...SPEC, arguments: [] }, {})).not.toHaveProperty('Cmd');
});

it('opens a chosen port on loopback', () => {
  const { HostConfig } = containerSettings(SPEC, { 9090: 40_000 });
  expect(HostConfig?.PortBindings).toEqual({
    '9090/tcp': [{ HostIp: '127.0.0.1', HostPort: '40000' }],
  });
});
