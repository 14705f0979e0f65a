import type { PlanNode } from './node-plan.ts';

/** The clients are k6, whose containers come and go with the load. */
export const planClients: PlanNode<'clients'> = () => null;
