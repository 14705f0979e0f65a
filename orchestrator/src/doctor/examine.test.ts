import type { DoctorCheck, DoctorReport } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { type HostFacts, RuntimeError } from '../runtimes/container-runtime.ts';
import { type DoctorPorts, examine, judge } from './examine.ts';
import type { Facts, MachineFacts } from './facts.ts';
import { textReport } from './text-report.ts';

const HOST: HostFacts = {
  engine: '20.10.24',
  apiVersion: '1.41',
  cores: 2,
  memoryMiB: 8_192,
  cgroupVersion: 1,
  limits: { cpu: true, memory: true, pids: true },
  diskFreeMiB: 20_000,
};
const MACHINE: MachineFacts = {
  platform: 'linux',
  cpu: 'A processor',
  cores: 2,
  freeMemoryMiB: 4_096,
  door: { kind: 'socket', path: '/var/run/docker.sock', state: 'open' },
  programs: { docker: true, debootstrap: true, go: true },
};
const PROFILE: Facts['profile']['profile'] = {
  format: 'project-devops/profile@1',
  name: 'workbench',
  measuredOn: '2026-11-20T10:00:00.000Z',
  demands: {} as never,
  linkLatencyMs: 0.2,
  quotaPeriodMs: 100,
  hostCores: 2,
  measurement: {
    roundsPerMs: 900,
    rowsPerMs: 700,
    intervalsMs: {},
    hardware: { cpu: 'A processor', cores: 2, memoryMiB: 8_192 },
    versions: {},
  },
};
const WELL: Facts = {
  host: { ok: true, value: HOST },
  missingImages: { ok: true, value: [] },
  machine: MACHINE,
  profile: { profile: PROFILE, faults: [] },
};
const AWAY = new RuntimeError('unreachable', 'Docker does not answer (ECONNREFUSED).');

function check(report: DoctorReport, id: string): DoctorCheck {
  const found = report.checks.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}

const without = (machine: Partial<MachineFacts>): Facts => ({
  ...WELL,
  host: { ok: false, error: AWAY },
  missingImages: null,
  machine: { ...MACHINE, ...machine },
});
const onHost = (host: Partial<HostFacts>): Facts => ({
  ...WELL,
  host: { ok: true, value: { ...HOST, ...host } },
});

describe('a machine that has all', () => {
  it('is ready, with every check told', () => {
    const report = judge(WELL);
    expect(report.ready).toBe(true);
    expect(report.checks.map(({ id, status }) => `${id} ${status}`)).toEqual(
      'docker-reachable docker-version limits cores memory disk images profile'
        .split(' ')
        .map((id) => `${id} ok`),
    );
  });
});

describe('Docker', () => {
  const socket = (state: 'absent' | 'forbidden' | 'open') =>
    ({ door: { kind: 'socket', path: '/var/run/docker.sock', state } }) as const;
  const programs = { docker: false, debootstrap: false, go: false };

  it.each([
    ['is not installed', { ...socket('absent'), programs }, 'sudo apt-get install docker.io'],
    ['is not running', socket('absent'), 'sudo systemctl start docker'],
    ['may not be used', socket('forbidden'), 'sudo usermod -aG docker $USER'],
    ['hangs', socket('open'), 'sudo systemctl restart docker'],
  ])('%s: the report has the command that mends it', (_, machine, command) => {
    const report = judge(without(machine));
    expect(report.ready).toBe(false);
    expect(check(report, 'docker-reachable')).toMatchObject({
      status: 'missing',
      remedy: { command },
    });
    expect(report.checks.map(({ id }) => id)).not.toContain('docker-version');
  });

  it.each(['darwin', 'win32'] as const)('on %s is Docker Desktop', (platform) => {
    const report = judge(without({ platform, ...socket('absent'), programs }));
    expect(check(report, 'docker-reachable').remedy).toMatchObject({
      text: expect.stringContaining('Docker Desktop'),
      command: null,
    });
  });

  it('elsewhere that does not answer is named with its address', () => {
    const report = judge(without({ door: { kind: 'remote', address: 'tcp://box:2375' } }));
    expect(check(report, 'docker-reachable').found).toContain('tcp://box:2375');
  });

  it.each([
    ['1.40', 'missing'],
    ['1.41', 'ok'],
    ['1.9', 'missing'],
    ['2.0', 'ok'],
  ])('that speaks version %s: %s', (apiVersion, status) => {
    expect(check(judge(onHost({ apiVersion })), 'docker-version').status).toBe(status);
  });

  it('that cannot limit memory is no ground for sizes', () => {
    const report = judge(onHost({ limits: { cpu: true, memory: false, pids: true } }));
    expect(check(report, 'limits')).toMatchObject({
      status: 'missing',
      found: expect.stringContaining('memory'),
    });
  });
});

describe('what a machine is short of', () => {
  it('cores: a warning', () => {
    expect(check(judge(onHost({ cores: 1 })), 'cores').status).toBe('warning');
  });

  it.each([
    [2_000, 'ok'],
    [700, 'warning'],
    [500, 'missing'],
  ])('memory: %i MB free is %s', (freeMemoryMiB, status) => {
    const report = judge({ ...WELL, machine: { ...MACHINE, freeMemoryMiB } });
    expect(check(report, 'memory').status).toBe(status);
  });

  it('memory of Docker Desktop: the machine it runs in counts', () => {
    const machine: MachineFacts = { ...MACHINE, platform: 'darwin', freeMemoryMiB: 9_000 };
    const report = judge({ ...onHost({ memoryMiB: 500 }), machine });
    expect(check(report, 'memory').status).toBe('missing');
  });

  it('disk: building images needs more than running them', () => {
    const facts = onHost({ diskFreeMiB: 1_000 });
    expect(check(judge(facts), 'disk').status).toBe('ok');
    const building: Facts = {
      ...facts,
      missingImages: { ok: true, value: [{ image: 'nginx', expectedSeconds: 20 }] },
    };
    expect(check(judge(building), 'disk')).toMatchObject({
      status: 'missing',
      remedy: { command: 'docker system prune' },
    });
    expect(check(judge(onHost({ diskFreeMiB: null })), 'disk').status).toBe('ok');
  });

  it('images: a warning that says how long they take and what they need', () => {
    const missingImages: Facts['missingImages'] = {
      ok: true,
      value: [
        { image: 'postgres', expectedSeconds: 60 },
        { image: 'k6', expectedSeconds: 600 },
      ],
    };
    const programs = { docker: true, debootstrap: true, go: false };
    const report = judge({ ...WELL, missingImages, machine: { ...MACHINE, programs } });
    expect(report.ready).toBe(true);
    expect(check(report, 'images')).toMatchObject({
      status: 'warning',
      found: 'Images to be made first: postgres, k6; about 11 minutes, once.',
      remedy: { text: expect.stringMatching(/install Go/), command: 'npm run images' },
    });
    expect(check(report, 'images').remedy?.text).not.toContain('debootstrap');
  });

  it('a profile, or one of its own: a warning', () => {
    const none = judge({ ...WELL, profile: { profile: null, faults: ['a.json is broken.'] } });
    expect(check(none, 'profile')).toMatchObject({
      status: 'warning',
      remedy: { text: expect.stringContaining('a.json is broken.'), command: 'npm run calibrate' },
    });
    const moved = judge({ ...WELL, machine: { ...MACHINE, cpu: 'Another' } });
    expect(check(moved, 'profile').found).toContain('not on this machine’s 2 of Another');
  });
});

describe('examining', () => {
  const ports: DoctorPorts = {
    inspectHost: () => Promise.resolve(HOST),
    missingImages: () => Promise.resolve([]),
    machine: () => Promise.resolve(MACHINE),
    profile: () => Promise.resolve(WELL.profile),
  };

  it('asks for images only when the engine answers', async () => {
    const asked = { ...ports, inspectHost: () => Promise.reject(AWAY), missingImages: fail };
    expect((await examine(asked)).ready).toBe(false);
  });

  it('says so when the images cannot be listed, and does not hide a bug', async () => {
    const broken = () => Promise.reject(new RuntimeError('broken-answer', 'cut off'));
    const report = await examine({ ...ports, missingImages: broken });
    expect(check(report, 'images').found).toContain('cut off');
    await expect(examine({ ...ports, missingImages: fail })).rejects.toThrow('a bug');
  });

  function fail(): Promise<never> {
    return Promise.reject(new Error('a bug'));
  }
});

describe('the text for a terminal', () => {
  it('has a line a check, the remedy below it, and the verdict last', () => {
    const text = textReport(judge(without({})));
    expect(text).toContain('✗ Docker does not answer (ECONNREFUSED).\n');
    expect(text).toContain('\n    $ sudo systemctl restart docker\n');
    expect(text.endsWith('Real mode cannot start before the lines with ✗ are mended.\n')).toBe(
      true,
    );
  });

  it('counts warnings', () => {
    expect(textReport(judge(WELL))).toMatch(/Real mode is ready\.\n$/);
    expect(textReport(judge(onHost({ cores: 1 })))).toMatch(/with a warning\.\n$/);
  });
});
