import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import { PURCHASES, type Purchase, type Topology, type TopologyNode } from '../protocol/index.ts';
import { Ledger } from './ledger.ts';

const position = { x: 0, y: 0 };
const bought = (purchase: Purchase): TopologyNode => ({
  kind: 'vm-basic',
  id: 'web-1',
  size: 'S',
  position,
  purchase,
});
const EMPTY: Topology = { nodes: [], links: [] };

/** What a small machine (60 to buy, 2 an hour) costs to buy and to run. */
function costs(node: TopologyNode) {
  const ledger = new Ledger(1_000, CATALOG);
  const topology = { nodes: [node], links: [] };
  const price = ledger.costOf({ type: 'place-node', node }, EMPTY, topology, 1);
  return { price, costPerHour: ledger.nodeCostPerHour(topology, node.id) };
}

describe('a node', () => {
  it('costs what the catalog says on demand, named or not', () => {
    const { purchase: _, ...unnamed } = bought('on-demand') as TopologyNode & { purchase: string };
    expect(costs(unnamed as TopologyNode)).toEqual({ price: 60, costPerHour: 2 });
    expect(costs(bought('on-demand'))).toEqual({ price: 60, costPerHour: 2 });
  });

  it('costs less by the hour as a spot node, and less still in the end when reserved for long', () => {
    expect(costs(bought('spot'))).toEqual({ price: 60, costPerHour: 0.6 });
    expect(costs(bought('reserved'))).toEqual({ price: 66, costPerHour: 0.8 });
    const total = (purchase: Purchase, hours: number) => {
      const { price, costPerHour } = costs(bought(purchase));
      return price + hours * costPerHour;
    };
    expect(total('reserved', 4)).toBeGreaterThan(total('on-demand', 4));
    expect(total('reserved', 5)).toBeCloseTo(total('on-demand', 5), 9);
    expect(total('reserved', 8)).toBeLessThan(total('on-demand', 8));
    for (const purchase of PURCHASES) expect(costs(bought(purchase)).price).toBeGreaterThan(0);
  });
});
