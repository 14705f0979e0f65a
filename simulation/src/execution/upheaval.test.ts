import { describe, expect, it } from 'vitest';
import { CLIENTS, HAMLET, PRIMARY } from '../testing/situation.ts';
import { gameSimulator, SMALL_TOWN, withoutLink } from '../testing/small-town.ts';

describe('a node that is restarted', () => {
  it('is down for its start-up time, loses what it held, and serves again', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(HAMLET, false);
    simulator.setLoad(20, { home: 1 });
    simulator.runUntil(1_000);
    simulator.closeWindow(HAMLET, () => 0);
    simulator.restart('web-1');
    expect(simulator.isReady('web-1')).toBe(false);
    simulator.runUntil(3_999);
    const [down] = simulator.closeWindow(HAMLET, () => 0);
    expect(down?.served).toBe(0);
    expect(down?.errors['node-down']).toBeGreaterThan(40);
    expect(simulator.takeStarted()).toEqual([]);
    simulator.runUntil(8_000);
    expect(simulator.takeStarted()).toEqual(['web-1']);
    const [up] = simulator.closeWindow(HAMLET, () => 0);
    expect(up?.errors).toEqual({});
    expect(up?.served).toBeGreaterThan(60);
  });

  it('starts anew when it is restarted while it starts', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(HAMLET, false);
    simulator.restart('web-1');
    simulator.runUntil(2_000);
    simulator.restart('web-1');
    simulator.runUntil(4_999);
    expect(simulator.isReady('web-1')).toBe(false);
    simulator.runUntil(5_000);
    expect(simulator.isReady('web-1')).toBe(true);
    expect(simulator.takeStarted()).toEqual(['web-1']);
  });

  it('has not started when it is gone or starts again by the time one asks', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(HAMLET, false);
    simulator.restart('web-1');
    simulator.restart('primary');
    simulator.runUntil(6_000);
    simulator.restart('primary');
    simulator.setTopology({ nodes: [CLIENTS, PRIMARY], links: [] }, true);
    expect(simulator.takeStarted()).toEqual([]);
    simulator.runUntil(12_000);
    expect(simulator.takeStarted()).toEqual(['primary']);
  });

  it('is left out by a balancer that has others', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(SMALL_TOWN, false);
    simulator.setLoad(10, { home: 1 });
    simulator.restart('web-1');
    simulator.runUntil(2_500);
    const rows = simulator.closeWindow(SMALL_TOWN, () => 0);
    expect(rows.find(({ node }) => node === '*')?.errors).toEqual({});
    expect(rows.find(({ node }) => node === 'web-1')?.offered).toBe(0);
  });
});

describe('a node that is removed', () => {
  it('fails the requests it holds at once, and those on their way when they arrive', () => {
    const simulator = gameSimulator(1);
    simulator.setTopology(HAMLET, false);
    simulator.setLoad(200, { home: 1 });
    simulator.runUntil(1_000);
    const [before] = simulator.closeWindow(HAMLET, () => 0);
    const held = simulator.topology.get('web-1')?.meter.inFlight ?? 0;
    expect(held).toBeGreaterThan(5);
    const left = { nodes: [CLIENTS, PRIMARY], links: [] };
    simulator.setTopology(left, true);
    const [now] = simulator.closeWindow(left, () => 0);
    expect(now?.errors).toEqual({ 'node-down': held });
    expect(now?.inFlight).toBe((before?.inFlight ?? 0) - held);
    simulator.runUntil(1_001);
    const [soon] = simulator.closeWindow(left, () => 0);
    expect(soon?.errors['node-down'] ?? 0).toBe(now?.inFlight);
  });
});

describe('a link', () => {
  it('carries calls from the instant it is drawn to the instant it is cut', () => {
    const simulator = gameSimulator(1);
    const apart = withoutLink(SMALL_TOWN, 'balancer', 'web-2');
    const callsTo = (id: string) => {
      simulator.runUntil(simulator.nowMs + 3_000);
      const link = simulator.closeLinkWindows(SMALL_TOWN).find(({ to }) => to === id);
      return link?.calls.static ?? 0;
    };
    simulator.setTopology(apart, false);
    simulator.setLoad(20, { home: 1 });
    expect([callsTo('web-1') > 40, callsTo('web-2')]).toEqual([true, 0]);
    simulator.setTopology(SMALL_TOWN, false);
    expect(callsTo('web-2')).toBeGreaterThan(15);
    simulator.setTopology(apart, false);
    expect(callsTo('web-2')).toBe(0);
  });
});
