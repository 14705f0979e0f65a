import { describe, expect, it } from 'vitest';
import { CATALOG } from '../components/catalog.ts';
import type { Topology, TopologyNode } from '../protocol/index.ts';
import { helloWorld } from '../scenarios/hello-world.ts';
import { Ledger } from './ledger.ts';
import { editTopology, type TopologyCommand } from './topology-edits.ts';

const position = { x: 0, y: 0 };
const vm: TopologyNode = { kind: 'vm-basic', id: 'web-1', size: 'S', position };
const rules = { catalog: CATALOG, shop: helloWorld.shop };

/** Pays for edits, each at its time; what each cost. */
function pay(edits: readonly (readonly [atMs: number, command: TopologyCommand])[]) {
  const ledger = new Ledger(1_000, CATALOG);
  let topology: Topology = helloWorld.topology;
  const costs = edits.map(([atMs, command]) => {
    const edited = editTopology(topology, command, rules);
    if (!edited.ok) throw new Error(edited.refusal.code);
    const cost = ledger.costOf(command, topology, edited.edit.topology, atMs);
    ledger.pay(command, topology, cost, atMs);
    topology = edited.edit.topology;
    return cost;
  });
  return { costs, ledger, topology };
}

describe('the ledger', () => {
  it('prices purchases, sizes and sales by the catalog', () => {
    const { costs, ledger } = pay([
      [1, { type: 'clone-node', id: 'web-1', newId: 'web-2', position }],
      [2, { type: 'resize-node', id: 'web-2', size: 'L' }],
      [3, { type: 'resize-node', id: 'web-2', size: 'M' }],
      [4, { type: 'remove-node', id: 'web-2' }],
    ]);
    expect(costs).toEqual([60, 340, -120, -80]);
    expect(ledger.economy.money).toBe(1_000 - 200);
  });

  it('charges nothing for moving, linking and configuring', () => {
    const { costs, ledger } = pay([
      [0, { type: 'move-node', id: 'web-1', position }],
      [0, { type: 'disconnect', from: 'clients', to: 'web-1' }],
      [0, { type: 'connect', from: 'clients', to: 'web-1' }],
    ]);
    expect(costs).toEqual([0, 0, 0]);
    expect(ledger.economy).toMatchObject({ money: 1_000, refunded: 0, spentOnBuilding: 0 });
  });

  it('prices each shard of a database as a machine', () => {
    const shards = (count: number | null): TopologyCommand => ({
      type: 'configure-node',
      id: 'primary',
      options: { shards: count === null ? null : { by: 'key', count } },
    });
    const { costs, ledger, topology } = pay([
      [0, shards(4)],
      [1, shards(2)],
    ]);
    expect(costs).toEqual([450, -150]);
    expect(ledger.nodeCostPerHour(topology, 'primary')).toBe(8);
  });

  it('takes a sale back at the same instant for what it brought', () => {
    const edits = [
      [7, { type: 'remove-node', id: 'web-1' }],
      [7, { type: 'place-node', node: vm }],
    ] as const;
    expect(pay(edits).costs).toEqual([-30, 30]);
  });

  it('sells a node of another kind under the same name at its full price', () => {
    const replica: TopologyNode = { kind: 'sql-replica', id: 'web-1', size: 'S', position };
    const edits = [
      [7, { type: 'remove-node', id: 'web-1' }],
      [7, { type: 'place-node', node: replica }],
    ] as const;
    expect(pay(edits).costs).toEqual([-30, 100]);
  });

  it('adds up what the nodes cost an hour', () => {
    const { ledger, topology } = pay([[0, { type: 'resize-node', id: 'primary', size: 'M' }]]);
    expect(ledger.nodeCostPerHour(topology, 'primary')).toBe(10);
    expect(ledger.nodeCostPerHour(topology, 'clients')).toBe(0);
    expect(ledger.nodeCostPerHour(topology, 'nobody')).toBe(0);
    expect(ledger.costPerHour(topology)).toBe(12);
    ledger.settle(helloWorld, topology, {});
    expect(ledger.economy.spentOnRunning).toBeCloseTo(12 / 60, 12);
  });
});
