import type { NodeOf } from '@project-devops/simulation/protocol';
import type { Around, PlanNode } from './node-plan.ts';
import { NotInContainers } from './not-in-containers.ts';
import { postgres } from './postgres.ts';

/** Postgres with the scenario's items and the rows that writes contend for. */
export const planSqlPrimary: PlanNode<'sql-primary'> = (node, around) => {
  const reason = missing(node, around);
  if (reason !== null) throw new NotInContainers(node.id, reason);
  const { items, hotRows } = around.input.data;
  return postgres(around, [`role=primary`, `items=${items}`, `hot_rows=${hotRows}`]);
};

/** What the image lacks of what the node is told; null when it lacks nothing. */
function missing(node: NodeOf<'sql-primary'>, around: Around): string | null {
  if (around.linkedFrom('sql-primary').length > 0)
    return 'it repeats the writes of another primary';
  if (node.shards) return 'it is split into shards';
  if (node.synchronousCommit) return 'its commits wait for the disk';
  return node.synchronousReplication ? 'its writes wait for a replica' : null;
}
