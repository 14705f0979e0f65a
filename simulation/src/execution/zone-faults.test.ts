import { describe, expect, it } from 'vitest';
import type { Fault, Topology } from '../protocol/index.ts';
import { FaultLab } from '../testing/fault-lab.ts';
import { HAMLET } from '../testing/situation.ts';
import { SMALL_TOWN } from '../testing/small-town.ts';

describe('the loss of a zone', () => {
  const zoned: Topology = {
    ...SMALL_TOWN,
    nodes: SMALL_TOWN.nodes.map((node) => (node.id === 'web-2' ? { ...node, zone: 'b' } : node)),
  };
  const loss: Fault = {
    id: 'z',
    kind: 'zone-loss',
    target: { zone: 'b' },
    atSeconds: 10,
    durationSeconds: 30,
  };

  it('takes down its nodes alone, and what stands elsewhere goes on serving', () => {
    const lab = new FaultLab(zoned, [loss]);
    lab.offer(10, { home: 1 });
    lab.run(11);
    const row = lab.run(20);
    expect(row('web-2').offered).toBe(0);
    expect(row('*').errors).toEqual({});
    expect(row('*').served).toBeGreaterThan(150);
    lab.run(12);
    expect(lab.simulator.isReady('web-2')).toBe(true);
  });

  it('takes down the whole service when all stands in it', () => {
    const lab = new FaultLab(zoned, [{ ...loss, target: { zone: 'a' } }]);
    lab.offer(10, { home: 1 });
    lab.run(11);
    expect(lab.run(20)('*').served).toBe(0);
  });

  it('lets no node of it start, whether it is restarted or new', () => {
    const lab = new FaultLab(zoned, [loss]);
    lab.run(12);
    lab.simulator.restart('web-2');
    const fresh = { ...zoned.nodes[2], id: 'web-3', zone: 'b' } as (typeof zoned.nodes)[number];
    lab.change({ ...zoned, nodes: [...zoned.nodes, fresh] });
    lab.run(20);
    expect([lab.simulator.isReady('web-2'), lab.simulator.isReady('web-3')]).toEqual([
      false,
      false,
    ]);
    lab.run(12);
    expect([lab.simulator.isReady('web-2'), lab.simulator.isReady('web-3')]).toEqual([true, true]);
  });
});

describe('the interruption of spot nodes', () => {
  const bought = (purchase: 'spot' | 'on-demand'): Topology => ({
    ...HAMLET,
    nodes: HAMLET.nodes.map((node) => (node.id === 'web-1' ? { ...node, purchase } : node)),
  });
  const fault: Fault = {
    id: 'i',
    kind: 'spot-interruption',
    target: { zone: 'a' },
    atSeconds: 10,
    durationSeconds: null,
  };

  it('takes them away half a minute after the notice, and no restart brings them back', () => {
    const lab = new FaultLab(bought('spot'), [fault]);
    lab.run(10);
    expect(lab.simulator.takeFaultNews()).toMatchObject([{ type: 'fault-began' }]);
    expect(lab.at('web-1')).toEqual(['spot-interruption']);
    lab.run(29.9);
    expect(lab.simulator.isReady('web-1')).toBe(true);
    lab.run(0.1);
    expect(lab.simulator.isReady('web-1')).toBe(false);
    lab.simulator.restart('web-1');
    lab.run(60);
    expect(lab.simulator.isReady('web-1')).toBe(false);
    expect(lab.simulator.isReady('primary')).toBe(true);
  });

  it('leaves nodes alone that are paid for on demand', () => {
    const lab = new FaultLab(bought('on-demand'), [fault]);
    lab.run(60);
    expect(lab.simulator.isReady('web-1')).toBe(true);
  });
});
