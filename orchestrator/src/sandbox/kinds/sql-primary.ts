import type { NodeOf } from '@project-devops/simulation/protocol';
import type { Around, PlanNode } from './node-plan.ts';
import { NotInContainers } from './not-in-containers.ts';
import { postgres } from './postgres.ts';

/** Postgres with the scenario's items and the rows that writes contend for. */
export const planSqlPrimary: PlanNode<'sql-primary'> = (node, around) => {
  const lack = missing(node, around);
  if (lack !== null) throw new NotInContainers(node.id, ...lack);
  const { items, hotRows } = around.input.data;
  return postgres(around, [`role=primary`, `items=${items}`, `hot_rows=${hotRows}`]);
};

/** What the image lacks of what the node is told, and what to change; null when it lacks nothing. */
function missing(
  node: NodeOf<'sql-primary'>,
  around: Around,
): readonly [reason: string, change: string] | null {
  const [peer] = around.linkedFrom('sql-primary');
  const { id } = node;
  if (peer !== undefined) {
    return ['it repeats the writes of another primary', `Take the link from ${peer} to ${id} away`];
  }
  if (node.shards) return ['it is split into shards', `Put ${id} on one machine`];
  if (node.synchronousCommit) {
    return ['its commits wait for the disk', `Turn synchronous commit off at ${id}`];
  }
  if ((node.snapshotSeconds ?? node.backupSeconds ?? null) !== null) {
    return ['it takes copies of its data', `Turn snapshots and backups off at ${id}`];
  }
  if (!node.synchronousReplication) return null;
  return ['its writes wait for a replica', `Turn synchronous replication off at ${id}`];
}
