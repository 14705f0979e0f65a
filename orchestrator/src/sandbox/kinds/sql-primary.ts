import type { PlanNode } from './node-plan.ts';
import { postgres } from './postgres.ts';

/** Postgres with the scenario's items and the rows that writes contend for. */
export const planSqlPrimary: PlanNode<'sql-primary'> = (_, around) => {
  const { items, hotRows } = around.input.data;
  return postgres(around, [`role=primary`, `items=${items}`, `hot_rows=${hotRows}`]);
};
