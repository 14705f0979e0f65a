import { expect, it } from 'vitest';
import { containerCpuSeconds, cpuSecondsOf } from './cpu-account.ts';

it('reads both versions of control groups', () => {
  expect(cpuSecondsOf('1500000000\n')).toBe(1.5);
  expect(cpuSecondsOf('usage_usec 2500000\nuser_usec 1\nsystem_usec 2\n')).toBe(2.5);
  expect(cpuSecondsOf('something else')).toBeNull();
});

it('always has a figure, which grows', () => {
  const before = containerCpuSeconds();
  const untilMs = performance.now() + 50;
  while (performance.now() < untilMs);
  expect(containerCpuSeconds()).toBeGreaterThan(before);
});
