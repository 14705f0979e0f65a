import type { Component, Surroundings } from '../execution/component.ts';
import type { Resource } from '../execution/resource.ts';
import {
  burst,
  commit,
  give,
  keep,
  lock,
  needDisk,
  observe,
  replicate,
  type Step,
  shard,
  take,
} from '../execution/step.ts';
import type { NodeOf } from '../protocol/index.ts';
import { connections, inOrder, processes } from './machine.ts';

const LOCK_TIMEOUT_MS = 2_000;

/**
 * The database that takes writes (Postgres): a process a connection, and a row lock for the time of each write.
 * Two of them with a link each way are an active-active pair: both take writes and repeat the other's later.
 * Each shard is a machine of its own.
 */
export const sqlPrimary: Component<'sql-primary'> = {
  kind: 'sql-primary',
  routes: { replicas: [['sql-replica']], peers: [['sql-primary']] },
  replicatesOver: ['replicas', 'peers'],
  resources: (node, around) =>
    Object.assign({}, ...machinesOf(node).map((machine) => resourcesOf(machine, around))),
  handlers: (_, node) => ({
    read: onItsShard(node, (machine) => [
      take(`connections${machine}`),
      observe,
      burst(`cpu${machine}`, 'sql-read'),
    ]),
    write: onItsShard(node, (machine) => writeSteps(node, machine)),
    prepare: onItsShard(node, (machine) => [...lockedWrite(node, machine), keep]),
    'commit-prepared': onItsShard(node, (machine) => [
      burst(`cpu${machine}`, 'sql-commit'),
      ...flush(node, machine),
      ...committed(node),
    ]),
    apply: onItsShard(node, (machine) => [
      take(`replay${machine}`),
      burst(`cpu${machine}`, 'sql-apply'),
      replicate('replicas'),
    ]),
  }),
};

/** What the names of each machine's resources end with. */
function machinesOf({ shards }: NodeOf<'sql-primary'>): readonly string[] {
  return Array.from({ length: shards?.count ?? 1 }, (_, i) => (i === 0 ? '' : `-${i}`));
}

function resourcesOf(machine: string, around: Surroundings): Readonly<Record<string, Resource>> {
  return {
    [`cpu${machine}`]: processes(around),
    [`connections${machine}`]: connections(around),
    [`rows${machine}`]: { type: 'locks', timeoutMs: LOCK_TIMEOUT_MS },
    [`replay${machine}`]: inOrder(),
    [`disk${machine}`]: { type: 'station', discipline: 'group-commit', parallel: 1, cores: 1 },
  };
}

function onItsShard(
  node: NodeOf<'sql-primary'>,
  steps: (machine: string) => readonly Step[],
): readonly Step[] {
  const shards = machinesOf(node).map(steps);
  return node.shards ? [shard(node.shards.by, shards)] : shards.flat();
}

/** Postgres lets a row go once its commit is on disk, before it waits for a copy. */
function writeSteps(node: NodeOf<'sql-primary'>, machine: string): readonly Step[] {
  return [...lockedWrite(node, machine), give, ...committed(node)];
}

function lockedWrite(node: NodeOf<'sql-primary'>, machine: string): readonly Step[] {
  return [
    take(`connections${machine}`),
    needDisk,
    lock(`rows${machine}`),
    burst(`cpu${machine}`, 'sql-write'),
    ...flush(node, machine),
  ];
}

function flush({ synchronousCommit }: NodeOf<'sql-primary'>, machine: string): readonly Step[] {
  return synchronousCommit ? [burst(`disk${machine}`, 'sql-flush')] : [];
}

function committed(node: NodeOf<'sql-primary'>): readonly Step[] {
  return [
    commit(node.synchronousCommit ?? false),
    replicate('peers'),
    replicate('replicas', node.synchronousReplication ?? false),
  ];
}
