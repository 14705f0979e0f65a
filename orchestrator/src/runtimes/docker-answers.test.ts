import { describe, expect, it } from 'vitest';
import { readContainer, readExitCode, readNetworks } from './docker-answers.ts';

const ANSWER = {
  Id: '1a',
  Name: '/s1-web',
  Config: { Image: 'nginx:1', Labels: { owner: 'us' }, Env: ['SECRET=1'] },
  State: { Status: 'running', ExitCode: 0, OOMKilled: false, Health: { Status: 'starting' } },
  HostConfig: { Memory: 100_663_296, NanoCpus: 0, CpuQuota: 25_000, CpuPeriod: 100_000 },
  NetworkSettings: {
    Ports: { '9090/tcp': [{ HostIp: '127.0.0.1', HostPort: '32768' }], '80/tcp': null },
  },
};
const state = (changes: object) =>
  readContainer({ ...ANSWER, State: { ...ANSWER.State, ...changes } }, 'web');

describe("Docker's answers", () => {
  it('tell a container', () => {
    expect(readContainer(ANSWER, 'web')).toEqual({
      id: '1a',
      name: 's1-web',
      image: 'nginx:1',
      labels: { owner: 'us' },
      phase: 'running',
      health: 'starting',
      exitCode: null,
      outOfMemory: false,
      published: { 9090: 32_768 },
      cpuMillicores: 250,
      memoryMiB: 96,
    });
  });

  it('tell its end, and count one that is being removed as ended', () => {
    expect(state({ Status: 'exited', ExitCode: 137, OOMKilled: true })).toMatchObject({
      phase: 'exited',
      exitCode: 137,
      outOfMemory: true,
    });
    expect(state({ Status: 'removing' }).phase).toBe('exited');
    expect(state({ Status: 'dead' }).phase).toBe('exited');
  });

  it('tell no health where there is no check', () => {
    expect(state({ Health: undefined }).health).toBeNull();
    expect(state({ Health: { Status: 'none' } }).health).toBeNull();
  });

  it('tell a CPU limit in either form', () => {
    const HostConfig = { Memory: 0, NanoCpus: 500_000_000, CpuQuota: 0, CpuPeriod: 0 };
    expect(readContainer({ ...ANSWER, HostConfig }, 'web')).toMatchObject({
      cpuMillicores: 500,
      memoryMiB: 0,
    });
  });

  it.each([
    null,
    'OK',
    Buffer.from('{"Id":'),
    {},
    { ...ANSWER, State: { Status: 'running' } },
    { ...ANSWER, Id: 7 },
  ])('are broken when they are not what Docker answers (%#)', (answer) => {
    expect(() => readContainer(answer, 'web')).toThrow(
      expect.objectContaining({ code: 'broken-answer' }),
    );
  });

  it('may lack labels', () => {
    expect(readNetworks([{ Id: '1', Name: 'bridge', Labels: null }])).toEqual([
      { id: '1', name: 'bridge', labels: {} },
    ]);
  });

  it('tell an exit code only when the program has ended', () => {
    expect(readExitCode({ Running: true, ExitCode: null }, 'web')).toBeNull();
    expect(readExitCode({ Running: false, ExitCode: 3 }, 'web')).toBe(3);
  });
});
