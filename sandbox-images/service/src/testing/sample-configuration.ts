import type { ServiceConfiguration } from '@project-devops/simulation/protocol';

const NO_WORK = { meanMs: 0, cv: 0 };

/** A service with a class an operation, one database and one cache, and demands of no variation. */
export function sampleConfiguration(
  changes: Partial<ServiceConfiguration> = {},
): ServiceConfiguration {
  const times = { onTimeMs: 500, timeoutMs: 2_000 };
  return {
    node: 'web',
    classes: {
      home: { operations: ['static'], ...times },
      read: { operations: ['read'], ...times },
      write: { operations: ['write'], ...times },
    },
    demands: {
      static: { meanMs: 2, cv: 0 },
      read: { meanMs: 3, cv: 0 },
      write: { meanMs: 4, cv: 0 },
      compute: NO_WORK,
      'sql-read': { meanMs: 2, cv: 0 },
      'sql-write': { meanMs: 6, cv: 0 },
    },
    roundsPerMs: 100,
    rowsPerMs: 700,
    workers: 1,
    backlog: 100,
    pool: { size: 2, timeoutMs: 300 },
    lockTimeoutMs: 1_000,
    writes: { node: 'primary', host: 'primary' },
    reads: [{ node: 'primary', host: 'primary' }],
    caches: [{ node: 'cache', host: 'cache' }],
    valueBytes: 10,
    data: { items: 1, zipfExponent: 1, hotRows: 1, hotRowExponent: 0 },
    seed: 1,
    ...changes,
  };
}
