import { readFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';

/** Where the kernel tells the CPU time of a container: control groups version 1 and version 2. */
export const CPU_FILES = [
  '/sys/fs/cgroup/cpuacct/cpuacct.usage',
  '/sys/fs/cgroup/cpu.stat',
] as const;

/** CPU seconds from the text of either file; null when it is neither's. */
export function cpuSecondsOf(text: string): number | null {
  const nanoseconds = /^(\d+)\s*$/.exec(text)?.[1];
  if (nanoseconds !== undefined) return Number(nanoseconds) / 1e9;
  const microseconds = /^usage_usec (\d+)$/m.exec(text)?.[1];
  return microseconds === undefined ? null : Number(microseconds) / 1e6;
}

/** CPU seconds that this container has used; those of this process where the kernel does not tell it. */
export function containerCpuSeconds(): number {
  for (const file of CPU_FILES) {
    const seconds = secondsIn(file);
    if (seconds !== null) return seconds;
  }
  const { user, system } = cpuUsage();
  return (user + system) / 1e6;
}

function secondsIn(file: string): number | null {
  try {
    return cpuSecondsOf(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
