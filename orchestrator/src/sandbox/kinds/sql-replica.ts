import type { PlanNode } from './node-plan.ts';
import { postgres } from './postgres.ts';

/**
 * A Postgres that streams from the primary that is linked to it. Without one there is nothing to copy and no
 * container: who asks it is told that it is down, as in the model it has nothing to answer.
 */
export const planSqlReplica: PlanNode<'sql-replica'> = (_, around) => {
  const [primary] = around.linkedFrom('sql-primary');
  return primary === undefined ? null : postgres(around, ['role=replica', `primary=${primary}`]);
};
