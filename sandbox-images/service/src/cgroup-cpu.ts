import { readFileSync } from 'node:fs';

/** CPU time of this container's whole cgroup in seconds; of this process where the cgroup does not tell. */
export function createCpuClock(root = '/sys/fs/cgroup'): () => number {
  const reader = [readUnified, readLegacy].find((read) => read(root) !== null);
  return () => reader?.(root) ?? ownSeconds();
}

/** cgroup v2. */
function readUnified(root: string): number | null {
  const text = textOf(`${root}/cpu.stat`);
  const usage = text === null ? null : /^usage_usec (\d+)$/m.exec(text)?.[1];
  return usage === null || usage === undefined ? null : Number(usage) / 1e6;
}

/** cgroup v1. */
function readLegacy(root: string): number | null {
  const text = textOf(`${root}/cpuacct/cpuacct.usage`);
  return text === null ? null : Number(text) / 1e9;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
