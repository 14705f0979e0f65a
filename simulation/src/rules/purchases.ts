import type { Purchase, SizeEntry, TopologyNode } from '../protocol/index.ts';

/** What a purchase option makes of a size's figures; the real ones of the large clouds lie near these. */
interface Terms {
  /** Running cost, as a share of the cost on demand. */
  readonly costRatio: number;
  /** Hours at the cost on demand that are paid together with the price. */
  readonly prepaidHours: number;
}

const TERMS: Readonly<Record<Purchase, Terms>> = {
  'on-demand': { costRatio: 1, prepaidHours: 0 },
  /** Cheapest, but may be taken away at any time (the fault `spot-interruption`). */
  spot: { costRatio: 0.3, prepaidHours: 0 },
  /** Pays off after five hours. */
  reserved: { costRatio: 0.4, prepaidHours: 3 },
};

function termsOf(node: TopologyNode): Terms {
  return TERMS['purchase' in node ? (node.purchase ?? 'on-demand') : 'on-demand'];
}

/** How many machines of its size a node is: one a shard. */
function machineCount(node: TopologyNode): number {
  return node.kind === 'sql-primary' ? (node.shards?.count ?? 1) : 1;
}

/** What a node costs to buy, and in each hour of game time: all its machines of a size, as it is paid for. */
export function purchaseFigures(
  node: TopologyNode,
  { price, costPerHour }: Pick<SizeEntry, 'price' | 'costPerHour'>,
): { readonly price: number; readonly costPerHour: number } {
  const { costRatio, prepaidHours } = termsOf(node);
  const machines = machineCount(node);
  return {
    price: machines * (price + prepaidHours * costPerHour),
    costPerHour: machines * (costRatio * costPerHour),
  };
}
