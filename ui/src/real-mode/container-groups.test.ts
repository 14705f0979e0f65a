import { expect, it } from 'vitest';
import { sampleContainer } from '../session/sample-real-figures.ts';
import { containerName, coresUsed, groupContainers, imageName } from './container-groups.ts';

it('puts the containers of an image together, with the sums of their limits', () => {
  const groups = groupContainers([
    sampleContainer('web-1', 'sandbox-service'),
    sampleContainer('primary', 'postgres', { memoryMiB: 512 }),
    sampleContainer('web-2', 'sandbox-service', { cpuMillicores: 500 }),
  ]);
  expect(
    groups.map(({ image, cpuMillicores, memoryMiB }) => [image, cpuMillicores, memoryMiB]),
  ).toEqual([
    ['sandbox-service', 750, 512],
    ['postgres', 250, 512],
  ]);
});

it('shows a group by the state that asks for most attention', () => {
  const states = (['healthy', 'starting', 'exited'] as const).map((status, i) =>
    sampleContainer(`web-${i}`, 'sandbox-service', { status }),
  );
  expect(groupContainers(states)[0]?.status).toBe('exited');
  expect(groupContainers(states.slice(0, 2))[0]?.status).toBe('starting');
  expect(groupContainers(states.slice(0, 1))[0]?.status).toBe('healthy');
});

it.each([
  ['project-devops/nginx:0123', 'nginx'],
  ['k6', 'k6'],
  ['host:5000/some/where/redis@sha256:1', 'redis'],
])('calls %s %s', (image, name) => {
  expect(imageName(image)).toBe(name);
});

it('names ours by their roles', () => {
  expect([containerName('_prometheus'), containerName('web-1')]).toEqual(['prometheus', 'web-1']);
});

it('adds up the cores in use, and knows none before they are measured', () => {
  const unknown = sampleContainer('web-1', 'sandbox-service', { cpuUsed: null });
  expect(coresUsed([unknown])).toBeNull();
  expect(coresUsed([unknown, sampleContainer('web-2', 'sandbox-service', { cpuUsed: 0.5 })])).toBe(
    0.5,
  );
});
