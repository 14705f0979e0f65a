import type { DoctorCheck } from '@project-devops/simulation/protocol';
import { missing, ok, type Remedy, remedy } from './check.ts';
import type { Facts, MachineFacts } from './facts.ts';

/** Oldest version of Docker's interface that real mode speaks (Docker 20.10). */
const MIN_API = [1, 41] as const;

const DESKTOP = 'Docker Desktop (docs.docker.com/desktop)';

/** Whether the container engine answers; if not, why. */
export function dockerReachable({ host, machine }: Facts): DoctorCheck {
  const id = 'docker-reachable';
  if (host.ok) return ok(id, `Docker ${host.value.engine} answers.`);
  const { door, platform, programs } = machine;
  if (door.kind === 'remote') {
    return missing(
      id,
      `${host.error.message} (DOCKER_HOST is ${door.address}.)`,
      remedy('Start Docker there, or unset DOCKER_HOST to use this machine.'),
    );
  }
  if (door.state === 'forbidden') return forbidden(id, door.path, platform);
  if (door.state === 'open') {
    return missing(id, host.error.message, restarting(platform));
  }
  if (programs.docker) {
    const found = `Docker is installed, but not running: there is no ${door.path}.`;
    return missing(id, found, starting(platform));
  }
  return missing(id, 'Docker is not installed on this machine.', installing(platform));
}

function forbidden(id: string, path: string, platform: MachineFacts['platform']): DoctorCheck {
  const found = `Docker runs, but this user may not use it: no permission for ${path}.`;
  if (platform !== 'linux') {
    return missing(id, found, remedy(`Start ${DESKTOP} as this user.`));
  }
  const text = 'Join the group docker, then log in again so that it counts (or run newgrp docker).';
  return missing(id, found, remedy(text, 'sudo usermod -aG docker $USER'));
}

function starting(platform: MachineFacts['platform']): Remedy {
  if (platform !== 'linux') return remedy(`Start ${DESKTOP}.`);
  const text = 'Start Docker (on a machine without systemd: sudo service docker start).';
  return remedy(text, 'sudo systemctl start docker');
}

function restarting(platform: MachineFacts['platform']): Remedy {
  if (platform !== 'linux') return remedy(`Restart ${DESKTOP}.`);
  return remedy('Start Docker again.', 'sudo systemctl restart docker');
}

function installing(platform: MachineFacts['platform']): Remedy {
  if (platform !== 'linux') return remedy(`Install and start ${DESKTOP}.`);
  const text = 'Install Docker (Debian, Ubuntu; elsewhere the package is named docker).';
  return remedy(text, 'sudo apt-get install docker.io');
}

/** Null when the engine did not answer. */
export function dockerVersion({ host }: Facts): DoctorCheck | null {
  if (!host.ok) return null;
  const id = 'docker-version';
  const { engine, apiVersion } = host.value;
  if (isNewEnough(apiVersion)) return ok(id, `Docker ${engine} speaks version ${apiVersion}.`);
  const found = `Docker ${engine} speaks version ${apiVersion}; real mode needs ${MIN_API.join('.')} (Docker 20.10) or newer.`;
  return missing(id, found, remedy('Install a newer Docker.', null));
}

function isNewEnough(apiVersion: string): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return major > MIN_API[0] || (major === MIN_API[0] && minor >= MIN_API[1]);
}

/** Whether containers can be held within limits; null when the engine did not answer. */
export function limits({ host }: Facts): DoctorCheck | null {
  if (!host.ok) return null;
  const id = 'limits';
  const { limits: can, cgroupVersion } = host.value;
  const lacking = [
    can.cpu ? [] : ['CPU'],
    can.memory ? [] : ['memory'],
    can.pids ? [] : ['processes'],
  ].flat();
  if (lacking.length === 0) {
    return ok(id, `CPU, memory and processes can be limited (cgroup v${cgroupVersion}).`);
  }
  const found = `Docker cannot limit ${lacking.join(', ')} here, so sizes would mean nothing.`;
  const text =
    can.cpu && can.pids
      ? 'Switch memory accounting on: add cgroup_enable=memory swapaccount=1 to the kernel command line and restart the machine.'
      : 'Let Docker run as root with the cgroup controllers cpu, memory and pids (rootless Docker needs them delegated).';
  return missing(id, found, remedy(text));
}
